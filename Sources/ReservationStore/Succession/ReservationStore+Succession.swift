import Foundation
import GRDB

/// What became of the exports of sources that are not configured any more.
package struct Succession: Hashable, Sendable {
    /// How many have another source by now, by the former one.
    package var adopted: [String: Int] = [:]
    /// Those that are left since another source has the same content of the same file.
    package var superseded: Set<ExportName> = []
}

/// A source that is not configured any more. Its name is told byte by byte: two that are one to Unicode are two.
struct FormerSource: Sendable {
    let source: String
    /// Where it lay.
    let directory: String
    /// What it is called by now, where nothing else about it is new.
    var newName: String?
}

extension ReservationStore {
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
    /// Those are left of which the heir has bookings already, unless it had them in another directory. So are those of
    /// which something is held, unless their source is the same but for its name: whether it is to be held depends on
    /// what else the source has.
    /// - Parameter moved: the sources that have another directory than before.
    func adopt(_ former: [FormerSource], by heirs: Heirs, moved: Set<String>) async throws -> Succession {
        guard !former.isEmpty else { return Succession() }
        // What it hid is in force.
        try await removeUnfinished()
        var all: [Adoption] = []
        for place in former { all += try await adoptions(of: place, by: heirs) }
        // Of several that are to have one name, the first one that is in force.
        var taken: Set<ExportName> = []
        let (first, others) = (all.filter(\.isInForce) + all.filter { !$0.isInForce }).reduce(
            into: ([Adoption](), [Adoption]())
        ) { if taken.insert($1.name).inserted { $0.0.append($1) } else { $0.1.append($1) } }
        let done = try await inTurns(of: first, with: { _ in }) { _, adoption, db in
            try Self.adopt(adoption, isElsewhere: moved.contains(adoption.name.source), db)
        }
        for place in former { try await moveHoldings(of: place) }
        var (succession, left) = (Succession(), others)
        for (adoption, isDone) in zip(first, done) {
            if isDone { succession.adopted[adoption.former.source, default: 0] += 1 } else { left.append(adoption) }
        }
        succession.superseded = try await superseded(among: left)
        return succession
    }

    private func superseded(among left: [Adoption]) async throws -> Set<ExportName> {
        try await database.read { db in
            let statement = try db.cachedStatement(
                sql: """
                    SELECT EXISTS (
                        SELECT 1 FROM export JOIN export former ON former.digest = export.digest
                        WHERE former.id = ? AND export.source = ? AND export.path = ? AND export.digest <> ''
                    )
                    """)
            return Set(
                try left.filter { adoption in
                    let name = adoption.name
                    let arguments: StatementArguments = [adoption.row, name.source, name.path]
                    return try Bool.fetchOne(statement, arguments: arguments) ?? false
                }.map(\.former))
        }
    }

    private func adoptions(of place: FormerSource, by heirs: Heirs) async throws -> [Adoption] {
        try await database.read { db in
            let held = place.newName == nil ? try HeldRow.exports(ofSource: place.source, db) : []
            return try Row.fetchAll(
                db, sql: "SELECT id, path, inForce FROM export WHERE source = ? AND removed = 0 ORDER BY id",
                arguments: [place.source]
            ).filter { !held.contains($0["id"]) }.compactMap { row in
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
        if hasBookings {
            try HoldingRows.move(ofExport: other, to: adoption.former.source, db)
        } else {
            try StoredRejection.end(ofExport: other, in: next, db)
            try StoredExport.markRemoved(other, in: next, db)
        }
        return true
    }

    private func moveHoldings(of place: FormerSource) async throws {
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
