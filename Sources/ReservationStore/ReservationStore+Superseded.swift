import GRDB
package import Reservations

/// A booking of an export that another entry has replaced.
package struct StaleBooking: Hashable, Sendable {
    package var booking: Booking
    /// The one that counts, and where it stands.
    package var current: Booking
    package var currentExport: ExportName
    package var reason: SupersededBooking.Reason
}

extension ReservationStore {
    /// Those of `outcomes` that another entry has replaced; copies of what counts are none.
    ///
    /// - Parameters:
    ///   - outcomes: of the export in row `export`, from the generation that is current.
    package func superseded(_ outcomes: [BookingOutcome], of export: Int64) async throws -> [StaleBooking] {
        let families = Set(outcomes.filter { $0.reservations.isEmpty }.map(\.booking.family))
        guard !families.isEmpty else { return [] }
        return try await database.read { db in
            let generation = try GenerationRows.current(db)
            return try families.sorted().flatMap { family in
                let entries = try StoredBooking.visible(of: family, in: generation, db)
                guard entries.count > 1 else { return [StaleBooking]() }
                let current = currentBookings(of: entries.map { BookingInExport($0.booking, export: $0.export) })
                return try current.superseded.compactMap { stale in
                    let (old, new) = (entries[stale.entry], entries[stale.by])
                    guard old.export == export, stale.isNews(inOwnExport: new.export == export) else { return nil }
                    return StaleBooking(
                        booking: old.booking, current: new.booking,
                        currentExport: try StoredExport.name(ofRow: new.export, db), reason: stale.reason)
                }
            }
        }
    }
}

extension SupersededBooking {
    /// Overrides that match nothing in their own export were told by its reader.
    fileprivate func isNews(inOwnExport isOwn: Bool) -> Bool {
        switch reason {
        case .copy: false
        case .orphanedOverride: !isOwn
        case .olderRevision, .seriesCancelled: true
        }
    }
}

extension StoredExport {
    fileprivate static func name(ofRow row: Int64, _ db: Database) throws -> ExportName {
        let statement = try db.cachedStatement(sql: "SELECT source, path FROM export WHERE id = ?")
        guard let found = try Row.fetchOne(statement, arguments: [row]) else {
            throw DatabaseError(message: "no export \(row)")
        }
        return ExportName(source: found["source"], path: found["path"])
    }
}
