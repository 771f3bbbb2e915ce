import Foundation
import GRDB
import Reservations

/// Held bookings that may be no losses any more in the pass that is being written. All others are as the pass before
/// has found them, and need not be looked at again: as many may be held as a source has bookings.
struct HeldSuspects {
    private(set) var rows: Set<Int64> = []

    /// - Parameter staying: held rows that their exports have again.
    init(
        _ held: [HeldRow], staying: some Collection<Int64>, _ diffs: [ExportDiff], generation: Int64, at now: Date,
        _ db: Database
    ) throws {
        let comers = try diffs.reduce(staying.count) { $0 + (try $1.addedCount()) }
        guard comers < held.count else {
            // To look at each of these is less than to look for what each of those may be.
            rows = Set(held.map(\.booking))
            return
        }
        rows = try Self.over(before: generation, at: now, db)
        for diff in diffs { try diff.forEachAdded { try note($0, at: now, db) } }
        for row in staying {
            if let stored = try StoredBooking.withRow(row, db) { try note(stored.booking, at: now, db) }
        }
    }

    /// Those that have no slot in the future.
    private static func over(before generation: Int64, at now: Date, _ db: Database) throws -> Set<Int64> {
        let statement = try db.cachedStatement(
            sql: """
                SELECT booking FROM held WHERE NOT EXISTS (
                    SELECT 1 FROM reservation
                    WHERE booking = held.booking AND since < ?1 AND until >= ?1 AND endsAt > ?2
                )
                """)
        return try Set(Int64.fetchCursor(statement, arguments: [generation, now.seconds]))
    }

    /// What `comer` may be: an entry of its UID, or of one of its slots.
    private mutating func note(_ comer: Booking, at now: Date, _ db: Database) throws {
        let family = try db.cachedStatement(
            sql: """
                SELECT booking.id FROM booking CROSS JOIN holding ON holding.booking = booking.id
                WHERE scope = ? AND uid = ?
                """)
        try rows.formUnion(Int64.fetchCursor(family, arguments: [comer.key.scope, comer.key.uid]))
        let claimants = try db.cachedStatement(
            sql: """
                SELECT reservation.booking FROM reservation CROSS JOIN holding ON holding.booking = reservation.booking
                WHERE \(ReturnedClaims.isForSlot)
                """)
        for slot in comer.occurrences.map(\.slot) where slot.end > now {
            for room in comer.rooms {
                try rows.formUnion(
                    Int64.fetchCursor(claimants, arguments: [room.name.text, slot.start.seconds, slot.end.seconds]))
            }
        }
    }
}
