import Foundation
import GRDB
import Reservations

/// The slots that bookings of one source claim after a pass, whatever their UIDs: some exporters make new ones each
/// time.
struct ReturnedClaims {
    private struct Claim: Hashable {
        var room: String
        var start: Int64
        var end: Int64
        var owner: String?
    }

    private let source: String
    /// Of what the pass adds.
    private var added: Set<Mark> = []
    /// Rows that the pass hides.
    private let going: Set<Int64>
    private let now: Date
    private var schedules: RecentSchedules
    /// By room and booking, in the room's schedule.
    private var places: [RoomName: [Int64: [Int]]] = [:]

    /// - Parameter generation: the current one, which the pass replaces.
    init(to source: String, going: Set<Int64>, generation: Int64, now: Date) {
        self.source = source
        self.going = going
        self.now = now
        schedules = RecentSchedules(Schedules(in: generation))
    }

    /// Notes a booking that the pass adds.
    mutating func note(_ booking: Booking) {
        guard booking.participation != .cancelled else { return }
        for slot in booking.occurrences.map(\.slot) where slot.end > now {
            for room in booking.rooms {
                let claim = Claim(
                    room: room.name.text, start: slot.start.seconds, end: slot.end.seconds,
                    owner: booking.owner?.address)
                added.insert(Mark(claim))
            }
        }
    }

    /// Whether a slot that `booking` has in the future is nobody's of the same owner after the pass.
    mutating func isMissing(_ booking: StoredBooking, _ db: Database) throws -> Bool {
        for room in booking.booking.rooms.map(\.name) {
            let schedule = try schedules.schedule(of: room, db)
            for index in places(of: booking.row, in: room, schedule) where schedule.end(index) > now.seconds {
                let claim = Claim(
                    room: room.text, start: schedule.start(index), end: schedule.end(index),
                    owner: booking.booking.owner?.address)
                guard !added.contains(Mark(claim)) else { continue }
                if try !isHeldByOther(claim, in: schedule, db) { return true }
            }
        }
        return false
    }

    /// Looked for once in each room: there may be thousands of which each leaves.
    private mutating func places(of booking: Int64, in room: RoomName, _ schedule: RoomSchedule) -> [Int] {
        if places[room] == nil { places[room] = Dictionary(grouping: schedule.indices, by: schedule.booking) }
        return places[room]?[booking] ?? []
    }

    private func isHeldByOther(_ claim: Claim, in schedule: RoomSchedule, _ db: Database) throws -> Bool {
        let statement = try db.cachedStatement(
            sql: """
                SELECT EXISTS (
                    SELECT 1 FROM booking JOIN export ON export.id = booking.export
                    WHERE booking.id = ? AND owner IS ? AND export.source = ?
                )
                """)
        return try schedule.indices(from: claim.start, to: claim.end).map(schedule.booking).contains { other in
            try !going.contains(other)
                && Bool.fetchOne(statement, arguments: [other, claim.owner, source]) == true
        }
    }
}

/// Bookings that claim a room after an instant, as decided: older revisions and called-off ones do not count.
struct FutureBookings {
    private let generation: Int64
    private var rows: Set<Int64> = []

    init(after instant: Date, in generation: Int64, _ db: Database) throws {
        self.generation = generation
        try Schedules(in: generation).forEach(endingAfter: instant.seconds, db) { _, schedule in
            for index in schedule.indices where schedule.end(index) > instant.seconds {
                rows.insert(schedule.booking(index))
            }
        }
    }

    /// - Parameter newest: the last generation whose bookings count; `nil` for all.
    func count(ofSource source: String, upTo newest: Int64? = nil, _ db: Database) throws -> Int {
        try count(
            "export IN (SELECT id FROM export WHERE source = ?) AND since <= ?", [source, newest ?? generation], db)
    }

    /// - Parameter newest: the last generation whose bookings count; `nil` for all.
    func count(ofExport export: Int64, upTo newest: Int64?, _ db: Database) throws -> Int {
        try count("export = ? AND since <= ?", [export, newest ?? generation], db)
    }

    private func count(_ which: String, _ arguments: StatementArguments, _ db: Database) throws -> Int {
        let statement = try db.cachedStatement(sql: "SELECT id FROM booking WHERE \(which)")
        return try Int64.fetchCursor(statement, arguments: arguments).reduce(0) { rows.contains($1) ? $0 + 1 : $0 }
    }
}
