import Foundation
import GRDB
package import Reservations

/// What became of one entry of an export.
package struct EntryStory: Hashable, Sendable {
    package var export: ExportName
    package var booking: Booking
    /// The entry that counts instead of this one, and why.
    package var replacement: Replacement?
    /// Whether its export no longer says so: what it claims stays until its conference ends.
    package var isLeftOver = false
    /// Whether a conference of the booking is open otherwise than this entry says: what it says waits for the end.
    package var waits = false
    /// What it claims, in order of start and room.
    package var reservations: [StoredReservation]

    package struct Replacement: Hashable, Sendable {
        package var export: ExportName
        package var line: Int
        package var reason: SupersededBooking.Reason
    }
}

extension ReservationStore {
    /// Every entry with this UID, of any export and scope, in the order of their exports.
    package func story(ofUID uid: String) async throws -> [EntryStory] {
        try await database.read { db in
            let generation = try GenerationRows.current(db)
            // Also of bookings that no export has any more, as long as a reservation is left of them.
            let names = try exportNames(db)
            // A UID is one of all sources or of its own (`uid_scope`).
            let scopes = Set(names.values.map(\.source)).union([""])
            return try scopes.sorted().flatMap { scope in
                try Self.story(of: BookingFamily(scope: scope, uid: uid), in: generation, names, db)
            }.sorted { ($0.export, $0.booking.line) < ($1.export, $1.booking.line) }
        }
    }

    /// What became of the reservations of a booking that are over, in order of end and revision.
    package func expiries(ofUID uid: String) async throws -> [ExpiredReservation] {
        try await database.read { db in
            try Row.fetchAll(
                db, sql: "SELECT * FROM expiry WHERE uid = ? ORDER BY endsAt, room, revision", arguments: [uid]
            ).map(ExpiredReservation.init)
        }
    }

    private func exportNames(_ db: Database) throws -> [Int64: ExportName] {
        let rows = try Row.fetchAll(db, sql: "SELECT id, source, path FROM export")
        let names = rows.map { row -> (Int64, ExportName) in
            (row["id"], ExportName(source: row["source"], path: row["path"]))
        }
        return Dictionary(uniqueKeysWithValues: names)
    }

    private static func story(
        of family: BookingFamily, in generation: Int64, _ names: [Int64: ExportName], _ db: Database
    ) throws -> [EntryStory] {
        let entries = try StoredBooking.visible(of: family, in: generation, db)
        let claims = Dictionary(
            grouping: try StoredReservation.of(family, in: generation, db), by: \.booking
        )
        let current = currentBookings(of: entries.map { BookingInExport($0.booking, export: $0.export) })
        let replaced = Dictionary(current.superseded.map { ($0.entry, $0) }) { first, _ in first }
        let present = Set(entries.map(\.row))
        let leftOver = try claims.filter { !present.contains($0.key) }.compactMap { row, reservations in
            try StoredBooking.withRow(row, db).flatMap { stored in
                names[stored.export].map { name in
                    EntryStory(export: name, booking: stored.booking, isLeftOver: true, reservations: reservations)
                }
            }
        }
        let isAnyKept = leftOver.contains { $0.reservations.contains(where: \.changeWaits) }
        return leftOver
            + entries.indices.compactMap { index in
                guard let name = names[entries[index].export] else { return nil }
                let replacement = replaced[index].flatMap { old in
                    names[entries[old.by].export].map { other in
                        EntryStory.Replacement(export: other, line: entries[old.by].booking.line, reason: old.reason)
                    }
                }
                let own = claims[entries[index].row] ?? []
                return EntryStory(
                    export: name, booking: entries[index].booking, replacement: replacement,
                    waits: isAnyKept && own.isEmpty, reservations: own)
            }
    }
}
