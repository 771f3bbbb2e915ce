import Foundation
import GRDB
import Reservations

/// Held bookings that may be no losses any more in the pass that is being written. All others are as the pass before
/// has found them, and need not be looked at again: as many may be held as a source has bookings.
struct HeldSuspects {
    private(set) var rows: Set<Int64> = []
    /// How much has been asked about what comes: as soon as it is as much as is held, to look at all of that is less.
    private var asked = 0
    private let limit: Int
    private var schedules: RecentSchedules

    /// - Parameter staying: held rows that their exports have again.
    init(
        _ held: [HeldRow], staying: some Collection<Int64>, _ diffs: [ExportDiff], generation: Int64, at now: Date,
        _ db: Database
    ) throws {
        limit = held.count
        schedules = RecentSchedules(Schedules(in: generation - 1))
        guard limit > 0 else { return }
        let own = Set(held.map(\.booking))
        try noteDecided(in: generation - 1, own, db)
        for diff in diffs { try diff.forEachAdded { try note($0, own, at: now, db) } }
        for row in staying where asked < limit {
            if let stored = try StoredBooking.withRow(row, db) { try note(stored.booking, own, at: now, db) }
        }
        if asked < limit {
            rows.formUnion(try Self.aged(held, in: generation - 1, at: now, db))
        } else {
            rows = own
        }
    }

    /// Those of which a slot has ended since the pass before, and those that have none in the future.
    private static func aged(
        _ held: [HeldRow], in generation: Int64, at now: Date, _ db: Database
    ) throws -> [Int64] {
        let before = try Int64.fetchOne(db, sql: "SELECT passedAt FROM generation") ?? 0
        var (ended, future): (Set<Int64>, Set<Int64>) = ([], [])
        try Schedules(in: generation).forEach(endingAfter: before, db) { _, schedule in
            for index in schedule.indices where schedule.end(index) > before {
                if schedule.end(index) > now.seconds {
                    future.insert(schedule.booking(index))
                } else {
                    ended.insert(schedule.booking(index))
                }
            }
        }
        return held.map(\.booking).filter { ended.contains($0) || !future.contains($0) }
    }

    /// Those for whose slots the pass before has decided something: what it left may have come to count again.
    private mutating func noteDecided(in before: Int64, _ held: Set<Int64>, _ db: Database) throws {
        let statement = try db.cachedStatement(sql: "SELECT reservations FROM schedule WHERE since = ?")
        let rows = try Row.fetchCursor(statement, arguments: [before])
        while asked < limit, let row = try rows.next() {
            let schedule = try RoomSchedule(stored: row[0])
            for index in schedule.indices where schedule.since(index) == before {
                asked += 1
                note(schedule.indices(from: schedule.start(index), to: schedule.end(index)), in: schedule, held)
            }
        }
    }

    private mutating func note(_ places: some Sequence<Int>, in schedule: RoomSchedule, _ held: Set<Int64>) {
        rows.formUnion(places.lazy.map(schedule.booking).filter(held.contains))
    }

    /// What `comer` may be: an entry of its UID, or of one of its slots.
    private mutating func note(_ comer: Booking, _ held: Set<Int64>, at now: Date, _ db: Database) throws {
        let slots = comer.occurrences.map(\.slot).filter { $0.end > now }
        asked += 1 + slots.count * comer.rooms.count
        guard asked < limit else { return }
        let family = try db.cachedStatement(
            sql: """
                SELECT booking.id FROM booking CROSS JOIN holding ON holding.booking = booking.id
                WHERE \(BookingFamily.hasBooking)
                """)
        try rows.formUnion(Int64.fetchCursor(family, arguments: comer.family.arguments))
        for room in comer.rooms {
            let schedule = try schedules.schedule(of: room.name, db)
            for slot in slots {
                note(schedule.indices(from: slot.start.seconds, to: slot.end.seconds), in: schedule, held)
            }
        }
    }
}
