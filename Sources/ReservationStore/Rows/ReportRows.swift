import Foundation
import GRDB
import Reservations

/// What differs between the generation that the reports tell and the current one. Rows that have come and gone in
/// between are nobody's news.
struct ReportRows {
    let reported: Int64
    let current: Int64

    /// Rows of `reservation` that one of both generations sees, and the other one does not.
    private static let changed = """
        (reservation.since > ?1 AND reservation.since <= ?2 AND reservation.until > ?2
            OR reservation.until > ?1 AND reservation.until <= ?2 AND reservation.since <= ?1)
        """

    private var bounds: StatementArguments { [reported, current] }

    func rooms(_ db: Database) throws -> [RoomName] {
        try String.fetchAll(
            db,
            sql: """
                SELECT name FROM room WHERE id IN (
                    SELECT roomId FROM reservation WHERE id IN (\(Self.changedRows))
                ) ORDER BY name
                """,
            arguments: bounds
        ).map(RoomName.stored)
    }

    func allRooms(_ db: Database) throws -> [RoomName] {
        try StoredReservation.rooms(in: current, db).union(rooms(db)).sorted()
    }

    func exports(_ db: Database) throws -> [ExportName] {
        // Those too that have an entry of the same UID: it counts less or more than another one now.
        try Self.names(
            """
            export.changedIn > ?1 OR export.id IN (
                SELECT other.export FROM booking CROSS JOIN family ON number = booking.family
                    CROSS JOIN booking other ON other.id = family.booking
                        AND other.scope = booking.scope AND other.uid = booking.uid AND other.until > ?2
                WHERE booking.id IN (\(Self.changedBookings))
            )
            """,
            bounds, db)
    }

    func allExports(_ db: Database) throws -> [ExportName] { try Self.names("TRUE", [], db) }

    func expiries(after row: Int64, _ db: Database) throws -> [ExpiredReservation] {
        try Row.fetchAll(db, sql: "SELECT * FROM expiry WHERE id > ? ORDER BY id", arguments: [row])
            .map(ExpiredReservation.init)
    }

    func room(_ room: RoomName, _ db: Database) throws -> RoomNews {
        let before = try changedReservations(of: room, "reservation.until <= ?2", db)
        let after = try changedReservations(of: room, "reservation.until > ?2", db)
        let ids = Set(before.keys).union(after.keys)
        let changes = ids.sorted().map { ReservationChange(before: before[$0], after: after[$0]) }
        let visible = try StoredReservation.ofRoom(room, in: current, db)
        let affected = visible.filter { !ids.isDisjoint(with: $0.decision.blocking) }
        var exports: Set<ExportName> = []
        for booking in Set(affected.map(\.booking)) {
            exports.formUnion(
                try Self.names("export.id = (SELECT export FROM booking WHERE id = ?)", [booking], db))
        }
        return RoomNews(changes: changes, visible: visible, affected: affected, exports: exports)
    }

    private func changedReservations(
        of room: RoomName, _ which: String, _ db: Database
    ) throws -> [ReservationID: StoredReservation] {
        let statement = try db.cachedStatement(
            sql: """
                \(StoredReservation.selection)
                WHERE room.name = ?3 AND \(Self.changed) AND \(which) ORDER BY startsAt, id
                """)
        let rows = try StoredReservation.fetchAll(statement, bounds + [room.text])
        return Dictionary(rows.map { ($0.reservation.id, $0) }) { first, _ in first }
    }

    /// Ids ascend with the generations: those that came after one are found from the end. The index of what was
    /// replaced is partial: it is used where its own condition is written out.
    private static let hasCome = """
        id > coalesce((SELECT id FROM reservation WHERE since <= ?1 ORDER BY id DESC LIMIT 1), 0)
            AND since > ?1 AND since <= ?2 AND until > ?2
        """
    static let changedRows = """
        SELECT id FROM reservation WHERE \(hasCome)
        UNION ALL SELECT id FROM reservation WHERE until > ?1 AND until <= ?2 AND since <= ?1
                AND until < \(Schema.forever)
        """
    static let changedBookings = """
        SELECT booking FROM reservation WHERE \(hasCome)
        UNION SELECT booking FROM reservation WHERE until > ?1 AND until <= ?2 AND since <= ?1
                AND until < \(Schema.forever)
        """

    private static func names(_ which: String, _ arguments: StatementArguments, _ db: Database) throws -> [ExportName] {
        let statement = try db.cachedStatement(
            sql: "SELECT source, path FROM export WHERE \(which) ORDER BY source, path")
        return try Row.fetchAll(statement, arguments: arguments)
            .map { ExportName(source: $0["source"], path: $0["path"]) }
    }
}
