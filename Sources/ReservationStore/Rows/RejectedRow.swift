import Diagnostics
package import Foundation
import GRDB
package import Reservations

/// A rejected entry as it stands in the database.
package struct StoredRejection: Hashable, Sendable {
    package var request: RejectedRequest
    package var rejectedAt: Date
}

extension StoredRejection {
    private init?(_ row: Row) throws {
        guard let organizer = Participant(row["organizer"] as String),
            let code = DiagnosticCode(rawValue: row["code"])
        else { return nil }
        let recurrenceID: String = row["recurrenceId"]
        request = RejectedRequest(
            key: BookingKey(
                scope: row["scope"], uid: row["uid"],
                recurrenceID: recurrenceID.isEmpty ? nil : RecurrenceID(recurrenceID)),
            sequence: row["sequence"], organizer: organizer, room: try RoomName.stored(row["room"]),
            roomAddress: (row["roomAddress"] as String?).flatMap(Participant.init), code: code,
            message: row["message"])
        rejectedAt = Date(seconds: row["rejectedAt"])
    }

    /// Those of a name that `generation` sees and no later revision, of whatever export, has made good.
    static func of(_ name: ReplyName, in generation: Int64, _ db: Database) throws -> [StoredRejection] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT * FROM rejected
                WHERE scope = ?1 AND uid = ?2 AND room = ?3 AND source = ?4 AND since <= ?5 AND until > ?5
                    AND NOT EXISTS (
                        SELECT 1 FROM booking
                        WHERE booking.scope = ?1 AND booking.uid = ?2 AND booking.since <= ?5 AND booking.until > ?5
                            AND booking.recurrenceId = rejected.recurrenceId AND booking.sequence > rejected.sequence
                    )
                ORDER BY id
                """,
            arguments: [name.scope, name.uid, name.room.text, name.source, generation]
        ).compactMap(StoredRejection.init)
    }

    /// Lets `requests` be what `generation` and those after it see of an export; what was there before stays as it is,
    /// with the time at which it was rejected.
    static func replace(
        of export: Int64, source: String, with requests: [RejectedRequest], since generation: Int64, at now: Date,
        _ db: Database
    ) throws {
        var new = Set(requests)
        let statement = try db.cachedStatement(sql: "SELECT * FROM rejected WHERE export = ? AND until = ?")
        let rows = try Row.fetchAll(statement, arguments: [export, Schema.forever])
        for row in rows {
            if let old = try StoredRejection(row)?.request, new.remove(old) != nil { continue }
            try db.execute(
                sql: "UPDATE rejected SET until = ? WHERE id = ?", arguments: [generation, row["id"] as Int64])
        }
        for request in requests where new.remove(request) != nil {
            try request.insert(of: export, source: source, since: generation, at: now, db)
        }
    }

    /// Whose answers changed between the two generations.
    static func names(changedAfter reported: Int64, upTo current: Int64, _ db: Database) throws -> [ReplyName] {
        try names(
            """
            SELECT * FROM rejected WHERE since > ?1 AND since <= ?2 AND until > ?2
            UNION ALL SELECT * FROM rejected WHERE until > ?1 AND until <= ?2 AND since <= ?1
                AND until < \(Schema.forever)
            """,
            [reported, current], db)
    }

    static func names(in generation: Int64, _ db: Database) throws -> [ReplyName] {
        try names("SELECT * FROM rejected WHERE since <= ?1 AND until > ?1", [generation], db)
    }

    private static func names(_ rows: String, _ arguments: StatementArguments, _ db: Database) throws -> [ReplyName] {
        try Row.fetchAll(
            db, sql: "SELECT DISTINCT source, scope, uid, room FROM (\(rows)) ORDER BY source, room, scope, uid",
            arguments: arguments
        ).map { row in
            ReplyName(
                source: row["source"], scope: row["scope"], uid: row["uid"], room: try RoomName.stored(row["room"]))
        }
    }

    /// Removes up to `count` that no reader sees any more, and that the reports have told of.
    static func removeReplaced(upTo reported: Int64, count: Int, _ db: Database) throws -> Int {
        try db.execute(
            sql: """
                DELETE FROM rejected WHERE id IN (
                    SELECT id FROM rejected WHERE until <= ? AND until < \(Schema.forever) LIMIT ?
                )
                """,
            arguments: [reported, count])
        return db.changesCount
    }
}

extension RejectedRequest {
    fileprivate func insert(
        of export: Int64, source: String, since generation: Int64, at now: Date, _ db: Database
    ) throws {
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO rejected (
                    export, since, until, source, scope, uid, recurrenceId, sequence, organizer, room, roomAddress,
                    code, message, rejectedAt
                ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        try statement.execute(arguments: [
            export, generation, Schema.forever, source, key.scope, key.uid, key.recurrenceID?.text ?? "", sequence,
            organizer.address, room.text, roomAddress?.address, code.rawValue, message, now.seconds,
        ])
    }
}
