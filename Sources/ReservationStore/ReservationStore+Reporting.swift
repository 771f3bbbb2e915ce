package import Foundation
import GRDB
package import Reservations

/// What the reports do not tell yet.
package struct ReportNews: Hashable, Sendable {
    /// The generation that they tell, and the current one: what differs between them is the news.
    package var reported: Int64
    package var current: Int64
    /// Of the last pass.
    package var passedAt: Date
    /// Whether every report has to be looked at, and not only what has changed.
    package var isEverything: Bool
    /// Whose report has something new to tell, or which are gone. In the order of source and path.
    package var exports: [ExportName]
    /// Where somebody has got, lost or wants something. In order.
    package var rooms: [RoomName]
    /// New expiries, in the order in which they were written.
    package var expiries: [ExpiredReservation]
    /// The row of the last expiry.
    var lastExpiry: Int64
    /// Counts the changes of what is watched.
    var sourcesChange: Int64
    /// Whether the sources, or what is wrong with them, are others than the index tells.
    var hasOtherSources: Bool

    /// Whether passes have gone by, and that is all.
    package var isEmpty: Bool {
        !isEverything && !hasOtherSources && exports.isEmpty && rooms.isEmpty && expiries.isEmpty
    }

    /// How many passes are told at once.
    package var passes: Int64 { current - reported }
}

/// A pass that is done.
package struct StoredPass: Hashable, Sendable {
    package var generation: Int64
    package var at: Date

    package init(generation: Int64, at: Date) {
        self.generation = generation
        self.at = at
    }
}

/// What has changed in one room.
package struct RoomNews: Hashable, Sendable {
    package var changes: [ReservationChange]
    /// What wants the room now, in order of start.
    package var visible: [StoredReservation]
    /// Those of them whose decision names something that has changed.
    package var affected: [StoredReservation]
    /// Those whose reports name something that has changed.
    package var exports: Set<ExportName>

    package var granted: [StoredReservation] { visible.filter { $0.decision.verdict == .granted } }
}

/// A reservation before and after; one of the two is there.
package struct ReservationChange: Hashable, Sendable {
    package var before: StoredReservation?
    package var after: StoredReservation?
}

extension ReservationStore {
    /// What the reports do not tell yet; `nil` when they tell everything, and before the first pass.
    ///
    /// - Parameter settings: by which reports are written; if they are others than before, all have to be looked at.
    package func news(forReportsBy settings: String) async throws -> ReportNews? {
        try await database.read { try Self.news($0) { reportedBy in reportedBy != settings } }
    }

    /// All that there is to report, told or not; `nil` before the first pass.
    package func everythingToReport() async throws -> ReportNews? {
        try await database.read { try Self.news($0) { _ in true } }
    }

    private static func news(_ db: Database, isEverything: (_ reportedBy: String?) -> Bool) throws -> ReportNews? {
        guard let row = try Row.fetchOne(db, sql: "SELECT * FROM generation"), let passedAt: Int64 = row["passedAt"]
        else { return nil }
        let (reported, current): (Int64, Int64) = (row["reported"], row["current"])
        let (told, last): (Int64, Int64) = (
            row["reportedExpiry"], try Int64.fetchOne(db, sql: "SELECT max(id) FROM expiry") ?? 0
        )
        let isEverything = isEverything(row["reportedBy"])
        let (sourcesTold, sources): (Int64, Int64) = (row["reportedSourcesChange"], row["sourcesChange"])
        guard isEverything || reported < current || told < last || sourcesTold < sources else { return nil }
        let rows = ReportRows(reported: reported, current: current)
        let changed = try rows.changedBookings(db)
        return ReportNews(
            reported: reported, current: current, passedAt: Date(seconds: passedAt), isEverything: isEverything,
            exports: try isEverything ? rows.allExports(db) : rows.exports(changed: changed.values.joined(), db),
            rooms: try isEverything ? rows.allRooms(changed: changed.keys, db) : changed.keys.sorted(),
            expiries: try rows.expiries(after: told, db), lastExpiry: last, sourcesChange: sources,
            hasOtherSources: sourcesTold < sources)
    }

    /// `nil` before the first one.
    package func lastPass() async throws -> StoredPass? {
        try await database.read { db in
            try Row.fetchOne(db, sql: "SELECT current, passedAt FROM generation WHERE passedAt IS NOT NULL").map {
                StoredPass(generation: $0["current"], at: Date(seconds: $0["passedAt"]))
            }
        }
    }

    /// Whether a reservation that did not get its slot was over after `last`, and not later than `now`.
    package func hasDeclined(endingAfter last: Date, until now: Date) async throws -> Bool {
        try await database.read { db in
            var isThere = false
            try Schedules.current(db).forEach(declinedEndingAfter: last.seconds, db) { _, schedule in
                isThere = schedule.indices.contains { index in
                    schedule.isVerdict(.declined, at: index)
                        && schedule.end(index) > last.seconds && schedule.end(index) <= now.seconds
                }
                return !isThere
            }
            return isThere
        }
    }

    /// What has changed in `room`, by UID and occurrence.
    package func news(of room: RoomName, in news: ReportNews) async throws -> RoomNews {
        try await database.read { db in
            try ReportRows(reported: news.reported, current: news.current).room(room, db)
        }
    }

    /// Notes what reports tell now, and removes what only they had to know.
    ///
    /// - Parameters:
    ///   - isTold: whether the news is told; what is not comes again.
    ///   - settings: `nil` when not all could be written, so that all are looked at again.
    ///   - summaries: of exports' reports, as `StoredExport.row` and a text for `reportSummaries()`.
    package func noteReported(
        _ news: ReportNews, isTold: Bool = true, by settings: String?, summaries: [Int64: String]
    ) async throws {
        try await write { db in
            for (row, summary) in summaries {
                try db.execute(sql: "UPDATE export SET report = ? WHERE id = ?", arguments: [summary, row])
            }
            try db.execute(sql: "UPDATE generation SET reportedBy = ?", arguments: [settings])
            guard isTold else { return }
            try db.execute(
                sql: "UPDATE generation SET reported = ?, reportedExpiry = ?, reportedSourcesChange = ?",
                arguments: [news.current, news.lastExpiry, news.sourcesChange])
        }
        while try await write({ try GenerationRows.removeReplaced($0, upTo: Self.rowsRemovedAtOnce) }) > 0 {}
    }

    /// What was noted of each export's last report, by source and path.
    package func reportSummaries() async throws -> [(export: ExportName, summary: String)] {
        try await database.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT source, path, report FROM export WHERE removed = 0 AND report IS NOT NULL
                    ORDER BY source, path
                    """
            ).map { (ExportName(source: $0["source"], path: $0["path"]), $0["report"]) }
        }
    }

    /// The export of this name; `nil` when it is removed, or never was.
    package func export(named name: ExportName) async throws -> StoredExport? {
        try await database.read { db in
            try Row.fetchOne(
                db,
                sql: """
                    SELECT export.*, (
                        SELECT count(*) FROM held JOIN booking ON booking.id = held.booking
                        WHERE booking.export = export.id
                    ) AS heldBookings
                    FROM export WHERE removed = 0 AND source = ? AND path = ?
                    """,
                arguments: [name.source, name.path]
            ).map(StoredExport.init)
        }
    }
}
