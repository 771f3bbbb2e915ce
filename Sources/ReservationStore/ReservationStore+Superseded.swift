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
    /// The bookings of the export in row `export` that another entry has replaced; copies of what counts are none.
    package func superseded(of export: Int64) async throws -> [StaleBooking] {
        try await database.read { db in
            let generation = try GenerationRows.current(db)
            let families = try StoredBooking.idleFamilies(ofExport: export, in: generation, db)
            return try families.flatMap { family -> [StaleBooking] in
                let entries = try StoredBooking.visible(of: family, in: generation, db)
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

extension StoredBooking {
    /// The families with several entries of which one, of the export, claims nothing.
    fileprivate static func idleFamilies(
        ofExport export: Int64, in generation: Int64, _ db: Database
    ) throws -> [BookingFamily] {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT id, rooms, scope, uid FROM booking AS own
                WHERE export = ?1 AND since <= ?2 AND until > ?2
                    AND EXISTS (
                        SELECT 1 FROM family CROSS JOIN booking AS other ON other.id = family.booking
                        WHERE number = own.family AND other.id <> own.id
                            AND other.scope = own.scope AND other.uid = own.uid
                            AND other.since <= ?2 AND other.until > ?2
                    )
                ORDER BY scope, uid, id
                """,
            arguments: [export, generation])
        var schedules = RecentSchedules(Schedules(in: generation))
        var lists = RoomLists()
        let idle = try rows.filter { row in
            let booking: Int64 = row["id"]
            return try !lists.rooms(row["rooms"]).contains { room in
                try schedules.schedule(of: room.name, db).contains(booking)
            }
        }
        // SQLite has told them apart by their bytes, as a set of texts would not.
        var families: [BookingFamily] = []
        for row in idle {
            let family = BookingFamily(scope: row["scope"], uid: row["uid"])
            if families.last?.hasBytes(of: family) != true { families.append(family) }
        }
        return families
    }
}
