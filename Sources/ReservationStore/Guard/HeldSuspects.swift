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

    /// - Parameter staying: held rows that their exports have again.
    init(
        _ held: [HeldRow], staying: some Collection<Int64>, _ diffs: [ExportDiff], generation: Int64, at now: Date,
        _ db: Database
    ) throws {
        limit = held.count
        guard limit > 0 else { return }
        try noteDecided(in: generation - 1, db)
        for diff in diffs { try diff.forEachAdded { try note($0, at: now, db) } }
        for row in staying where asked < limit {
            if let stored = try StoredBooking.withRow(row, db) { try note(stored.booking, at: now, db) }
        }
        if asked < limit {
            rows.formUnion(try Self.aged(before: generation, at: now, db))
        } else {
            rows = Set(held.map(\.booking))
        }
    }

    /// Those of which a slot has ended since the pass before, and those that have none in the future.
    private static func aged(before generation: Int64, at now: Date, _ db: Database) throws -> Set<Int64> {
        let statement = try db.cachedStatement(
            sql: """
                SELECT booking FROM held WHERE EXISTS (
                    SELECT 1 FROM reservation
                    WHERE booking = held.booking AND since < ?1 AND until >= ?1 AND endsAt <= ?2
                        AND endsAt > coalesce((SELECT passedAt FROM generation), 0)
                ) OR NOT EXISTS (
                    SELECT 1 FROM reservation
                    WHERE booking = held.booking AND since < ?1 AND until >= ?1 AND endsAt > ?2
                )
                """)
        return try Set(Int64.fetchCursor(statement, arguments: [generation, now.seconds]))
    }

    /// Those for whose slots the pass before has decided something: what it left may have come to count again.
    private mutating func noteDecided(in before: Int64, _ db: Database) throws {
        let decided = "FROM reservation AS came WHERE id > ifnull(\(Self.lastBefore), 0) AND since = ?1"
        let count = try db.cachedStatement(sql: "SELECT count(*) FROM (SELECT 1 \(decided) LIMIT ?2)")
        asked += try Int.fetchOne(count, arguments: [before, limit]) ?? 0
        guard asked < limit else { return }
        let same = try db.cachedStatement(
            sql: """
                SELECT own.booking FROM (SELECT roomId, startsAt, endsAt \(decided)) AS came
                    CROSS JOIN reservation AS own ON own.roomId = came.roomId
                        AND own.verdict IN (\(Verdict.everyNumber))
                        AND own.startsAt = came.startsAt AND own.endsAt = came.endsAt
                    CROSS JOIN holding ON holding.booking = own.booking
                """)
        try rows.formUnion(Int64.fetchCursor(same, arguments: [before]))
    }

    /// The rows of a generation have the greatest ids.
    private static let lastBefore = "(SELECT id FROM reservation WHERE since < ?1 ORDER BY id DESC LIMIT 1)"

    /// What `comer` may be: an entry of its UID, or of one of its slots.
    private mutating func note(_ comer: Booking, at now: Date, _ db: Database) throws {
        let slots = comer.occurrences.map(\.slot).filter { $0.end > now }
        asked += 1 + slots.count * comer.rooms.count
        guard asked < limit else { return }
        let family = try db.cachedStatement(
            sql: """
                SELECT booking.id FROM booking CROSS JOIN holding ON holding.booking = booking.id
                WHERE \(BookingFamily.hasBooking)
                """)
        try rows.formUnion(Int64.fetchCursor(family, arguments: comer.family.arguments))
        let claimants = try db.cachedStatement(
            sql: """
                SELECT reservation.booking FROM reservation CROSS JOIN holding ON holding.booking = reservation.booking
                WHERE \(ReturnedClaims.isForSlot)
                """)
        for slot in slots {
            for room in comer.rooms {
                try rows.formUnion(
                    Int64.fetchCursor(claimants, arguments: [room.name.text, slot.start.seconds, slot.end.seconds]))
            }
        }
    }
}
