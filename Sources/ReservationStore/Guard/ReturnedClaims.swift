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
    private let generation: Int64
    private let now: Date

    /// - Parameter generation: the current one, which the pass replaces.
    init(to source: String, going: Set<Int64>, generation: Int64, now: Date) {
        self.source = source
        self.going = going
        self.generation = generation
        self.now = now
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
    func isMissing(_ booking: StoredBooking, _ db: Database) throws -> Bool {
        let statement = try db.cachedStatement(
            sql: """
                SELECT name AS room, startsAt, endsAt FROM reservation JOIN room ON room.id = roomId
                WHERE booking = ?1 AND since <= ?2 AND until > ?2 AND endsAt > ?3
                """)
        let slots = try Row.fetchAll(statement, arguments: [booking.row, generation, now.seconds])
        return try slots.contains { row in
            let claim = Claim(
                room: row["room"], start: row["startsAt"], end: row["endsAt"], owner: booking.booking.owner?.address)
            guard !added.contains(Mark(claim)) else { return false }
            return try !isHeldByOther(claim, db)
        }
    }

    /// Whether a reservation is for the slot from ?2 to ?3 of the room ?1.
    static let isForSlot = """
        roomId = (SELECT id FROM room WHERE name = ?1) AND verdict IN (\(Verdict.everyNumber))
            AND startsAt = ?2 AND endsAt = ?3
        """

    static let holders = """
        SELECT booking.id FROM reservation JOIN booking ON booking.id = reservation.booking
        WHERE \(isForSlot)
            AND owner IS ?4 AND source = ?5 AND reservation.since <= ?6 AND reservation.until > ?6
        """

    private func isHeldByOther(_ claim: Claim, _ db: Database) throws -> Bool {
        let others = try Int64.fetchAll(
            db.cachedStatement(sql: Self.holders),
            arguments: [claim.room, claim.start, claim.end, claim.owner, source, generation])
        return others.contains { !going.contains($0) }
    }
}

/// Bookings that claim a room after an instant, as decided: older revisions and called-off ones do not count.
enum FutureBookings {
    /// - Parameter newest: the last generation whose bookings count; `nil` for all.
    static func count(
        ofSource source: String, upTo newest: Int64? = nil, after instant: Date, in generation: Int64, _ db: Database
    ) throws -> Int {
        try count(
            "booking.source = ? AND booking.since <= ?",
            [source, newest ?? generation, instant.seconds, generation, generation], db)
    }

    /// - Parameter newest: the last generation whose bookings count; `nil` for all.
    static func count(
        ofExport export: Int64, upTo newest: Int64?, after instant: Date, in generation: Int64, _ db: Database
    ) throws -> Int {
        try count(
            "booking.export = ? AND booking.since <= ?",
            [export, newest ?? generation, instant.seconds, generation, generation], db)
    }

    private static func count(_ which: String, _ arguments: StatementArguments, _ db: Database) throws -> Int {
        try Int.fetchOne(
            db,
            sql: """
                SELECT count(DISTINCT booking.id) FROM booking JOIN reservation ON reservation.booking = booking.id
                WHERE \(which) AND endsAt > ? AND reservation.since <= ? AND reservation.until > ?
                """,
            arguments: arguments) ?? 0
    }
}
