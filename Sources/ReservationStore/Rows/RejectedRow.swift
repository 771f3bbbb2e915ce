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
    fileprivate init?(_ row: Row) throws {
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
                WHERE scope = ?2 AND uid = ?3 AND room = ?4 AND source = ?5 AND since <= ?6 AND until > ?6
                    AND NOT EXISTS (
                        SELECT 1 FROM booking
                        WHERE \(BookingFamily.hasBooking) AND booking.since <= ?6 AND booking.until > ?6
                            AND booking.recurrenceId = rejected.recurrenceId AND booking.sequence > rejected.sequence
                    )
                ORDER BY id
                """,
            arguments: name.family.arguments + [name.room.text, name.source, generation]
        ).compactMap(StoredRejection.init)
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

    /// Its export has no content any more.
    static func end(ofExport export: Int64, in generation: Int64, _ db: Database) throws {
        let statement = try db.cachedStatement(
            sql: "UPDATE rejected SET until = ? WHERE export = ? AND until = \(Schema.forever)")
        try BoundStatement(statement).execute(generation, export)
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

/// What of an export's rejected entries comes and goes; found before the last transaction of a pass, for which Prosody
/// waits. What stays as it is keeps the time at which it was rejected.
struct RejectionChange {
    private let export: ExportName
    private let row: Int64
    private let gone: [Int64]
    private let added: [RejectedRequest]

    /// `nil` where everything stays.
    init?(of export: ExportName, row: Int64, to requests: [RejectedRequest], _ db: Database) throws {
        var new = Set(requests)
        let statement = try db.cachedStatement(sql: "SELECT * FROM rejected WHERE export = ? AND until = ?")
        gone = try Row.fetchAll(statement, arguments: [row, Schema.forever]).compactMap { old in
            // One that was read by another name of the source is told anew: its answer lies elsewhere.
            let isOwn = old["source"] == export.source
            if isOwn, let request = try StoredRejection(old)?.request, new.remove(request) != nil { return nil }
            return old["id"]
        }
        added = requests.filter { new.remove($0) != nil }
        (self.export, self.row) = (export, row)
        if gone.isEmpty, added.isEmpty { return nil }
    }

    /// Lets `generation` and those after it see it.
    func write(since generation: Int64, at now: Date, _ db: Database) throws {
        let hide = try BoundStatement(db.cachedStatement(sql: "UPDATE rejected SET until = ? WHERE id = ?"))
        for old in gone { try hide.execute(generation, old) }
        for request in added { try request.insert(of: row, source: export.source, since: generation, at: now, db) }
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
