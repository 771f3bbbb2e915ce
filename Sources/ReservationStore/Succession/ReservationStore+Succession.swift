import Foundation
import GRDB

/// What became of the exports of sources that are not configured any more.
package struct Succession: Hashable, Sendable {
    /// How many have another source by now, by the former one.
    package var adopted: [String: Int] = [:]
    /// Whether some are left that nobody watches.
    package var hasLeft = false
}

extension ReservationStore {
    /// Where a source lay when it was watched last; its name byte by byte, since two that are one to Unicode are two.
    struct WatchedPlace: Sendable {
        let source: String
        let directory: String
    }

    private struct Adoption: Sendable {
        let row: Int64
        let isInForce: Bool
        let former: ExportName
        let name: ExportName
    }

    /// Gives the exports of `former` to the sources that have their directories now: what they have booked stays as if
    /// their source had had that name all along. Only where UIDs are of one source alone (`uid_scope`), those of its
    /// new name are others, which get what the old ones had.
    ///
    /// Those are left of which the heir has bookings already, unless it had them in another directory.
    /// - Parameter moved: the sources that have another directory than before.
    /// - Returns: how many there were, by former source.
    func adopt(_ former: [WatchedPlace], by heirs: Heirs, moved: Set<String>) async throws -> [String: Int] {
        guard !former.isEmpty else { return [:] }
        // What it hid is in force.
        try await removeUnfinished()
        var all: [Adoption] = []
        for place in former { all += try await adoptions(of: place, by: heirs) }
        // Of several that are to have one name, the first one that is in force.
        let inOrder = all.filter(\.isInForce) + all.filter { !$0.isInForce }
        let done = try await inTurns(of: inOrder, with: { _ in }) { _, adoption, db in
            try Self.adopt(adoption, isElsewhere: moved.contains(adoption.name.source), db)
        }
        for place in former { try await moveHoldings(of: place) }
        return zip(inOrder, done).reduce(into: [:]) { adopted, item in
            if item.1 { adopted[item.0.former.source, default: 0] += 1 }
        }
    }

    private func adoptions(of place: WatchedPlace, by heirs: Heirs) async throws -> [Adoption] {
        try await database.read { db in
            try Row.fetchAll(
                db, sql: "SELECT id, path, inForce FROM export WHERE source = ? AND removed = 0 ORDER BY id",
                arguments: [place.source]
            ).compactMap { row in
                let former = ExportName(source: place.source, path: row["path"])
                return heirs.export(at: former.path, in: place.directory).map { name in
                    Adoption(row: row["id"], isInForce: row["inForce"], former: former, name: name)
                }
            }
        }
    }

    /// The former name stays as that of an export that is removed, until the reports have told so.
    private static func adopt(_ adoption: Adoption, isElsewhere: Bool, _ db: Database) throws -> Bool {
        guard try StoredExport.row(of: adoption.former, db) == adoption.row else { return false }
        let next = try GenerationRows.current(db) + 1
        guard let other = try StoredExport.row(of: adoption.name, db) else {
            try StoredExport.rename(adoption.row, to: adoption.name, in: next, db)
            let remnant = try StoredExport.insertEmpty(adoption.former, at: Date(timeIntervalSince1970: 0), db)
            try StoredExport.markRemoved(remnant, in: next, db)
            return true
        }
        let hasBookings = try StoredExport.hasBookings(other, db)
        guard isElsewhere || !hasBookings else { return false }
        // Nobody's: no path ends like this.
        let between = ExportName(source: adoption.former.source, path: "\(adoption.former.path)/")
        try StoredExport.rename(other, to: between, in: next, db)
        try StoredExport.rename(adoption.row, to: adoption.name, in: next, db)
        try StoredExport.rename(other, to: adoption.former, in: next, db)
        if !hasBookings {
            try StoredRejection.end(ofExport: other, in: next, db)
            try StoredExport.markRemoved(other, in: next, db)
        }
        return true
    }

    private func moveHoldings(of place: WatchedPlace) async throws {
        let held = try await database.read { db in
            try Int64.fetchAll(db, sql: "SELECT booking FROM holding WHERE source = ?", arguments: [place.source])
        }
        try await inTurns(of: held) { booking, db in
            let statement = try db.cachedStatement(
                sql: """
                    UPDATE holding SET source = (
                        SELECT export.source FROM booking JOIN export ON export.id = booking.export
                        WHERE booking.id = holding.booking
                    ) WHERE booking = ?
                    """)
            try BoundStatement(statement).execute(booking)
        }
    }
}
