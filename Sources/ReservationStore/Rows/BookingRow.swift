import Foundation
import GRDB
package import Reservations

/// A booking as it stands in the database.
package struct StoredBooking: Hashable, Sendable {
    package var row: Int64
    package var export: Int64
    package var booking: Booking
}

extension StoredBooking {
    static let columns = """
        id, export, line, scope, uid, recurrenceId, sequence, modified, sourcePriority, digest,
        source, participation, created, owner, attendees, summary,
                    rooms, maxOccupants, lobby, password, occurrences, roomAddress
        """

    /// Calls `body` with each of one export that the generation before `generation` sees, in the order of the file.
    static func forEachVisible(
        ofExport export: Int64, before generation: Int64, _ db: Database, _ body: (StoredBooking) throws -> Void
    ) throws {
        let rows = try Int64.fetchAll(
            db.cachedStatement(
                sql: "SELECT id FROM booking WHERE export = ? AND since < ? AND until >= ? ORDER BY line, id"),
            arguments: [export, generation, generation])
        var decoder = BookingDecoder()
        for row in rows { if let found = try withRow(row, by: &decoder, db) { try body(found) } }
    }

    /// At most `count` of one export that `generation` sees, those after the row `previous`; fewer where those that
    /// come first make `occurrences` or more.
    static func visible(
        ofExport export: Int64, after previous: Int64, count: Int, occurrences: Int, in generation: Int64,
        _ db: Database
    ) throws -> [StoredBooking] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT \(columns) FROM booking WHERE export = ?1 AND id > ?2 AND since <= ?3 AND until > ?3
                ORDER BY id LIMIT ?4
                """)
        let found = try Row.fetchCursor(statement, arguments: [export, previous, generation, count])
        var decoder = BookingDecoder()
        var (bookings, rest): ([StoredBooking], Int) = ([], occurrences)
        while rest > 0, let row = try found.next() {
            let booking = try decoder.booking(row)
            rest -= booking.booking.occurrences.count * booking.booking.rooms.count
            bookings.append(booking)
        }
        return bookings
    }

    /// A row of a family, visible or not: the generations that see it, and its rooms as they are stored.
    struct Span {
        let row: Int64
        let generations: Range<Int64>
        let rooms: String

        /// - Parameter found: these columns come first in it.
        init(_ found: Row) {
            row = found[0]
            generations = found[1]..<found[2]
            rooms = found[3]
        }
    }

    static func spans(of family: BookingFamily, _ db: Database) throws -> [Span] {
        let statement = try db.cachedStatement(
            sql: "SELECT id, since, until, rooms FROM booking WHERE \(BookingFamily.hasBooking) ORDER BY id")
        return try Row.fetchAll(statement, arguments: family.arguments).map(Span.init)
    }

    /// Those of a family that `generation` sees, of every export.
    static func visible(of family: BookingFamily, in generation: Int64, _ db: Database) throws -> [StoredBooking] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT \(columns) FROM booking
                WHERE \(BookingFamily.hasBooking) AND since <= ?4 AND until > ?4 ORDER BY id
                """)
        return try BookingDecoder.fetchAll(statement, family.arguments + [generation])
    }

    static func withRow(_ row: Int64, _ db: Database) throws -> StoredBooking? {
        var decoder = BookingDecoder()
        return try withRow(row, by: &decoder, db)
    }

    /// - Parameter decoder: that knows the rooms of other bookings already.
    static func withRow(_ row: Int64, by decoder: inout BookingDecoder, _ db: Database) throws -> StoredBooking? {
        let statement = try db.cachedStatement(sql: "SELECT \(columns) FROM booking WHERE id = ?")
        return try statement.first([row]) { try decoder.booking($0) }
    }

    static func forEach(
        in rows: ClosedRange<Int64>, by decoder: inout BookingDecoder, _ db: Database,
        _ body: (StoredBooking) throws -> Void
    ) throws {
        let statement = try db.cachedStatement(sql: "SELECT \(columns) FROM booking WHERE id BETWEEN ? AND ?")
        let found = try Row.fetchCursor(statement, arguments: [rows.lowerBound, rows.upperBound])
        while let row = try found.next() { try body(decoder.booking(row)) }
    }

    /// Where the booking in `row` stands; `nil` where it is gone.
    static func place(of row: Int64, _ db: Database) throws -> Place? {
        let statement = try db.cachedStatement(
            sql: """
                SELECT export.source, path, line, sequence, recurrenceId
                FROM booking JOIN export ON export.id = booking.export WHERE booking.id = ?
                """)
        return try statement.first([row], Place.init)
    }

    struct Place {
        let export: ExportName
        let line: Int
        let sequence: Int
        /// As it is written; empty for a single booking or a master.
        let recurrenceID: String

        fileprivate init(_ row: Row) {
            export = ExportName(source: row[0], path: row[1])
            (line, sequence, recurrenceID) = (row[2], row[3], row[4])
        }
    }

    static func hide(_ row: Int64, from generation: Int64, _ db: Database) throws {
        try BoundStatement(db.cachedStatement(sql: "UPDATE booking SET until = ? WHERE id = ?"))
            .execute(generation, row)
    }

    static func move(_ row: Int64, toLine line: Int, _ db: Database) throws {
        try BoundStatement(db.cachedStatement(sql: "UPDATE booking SET line = ? WHERE id = ?")).execute(line, row)
    }

    /// Lets it be the entry that `booking` says, which differs in its stamp only.
    static func restamp(_ row: Int64, as booking: Booking, _ db: Database) throws {
        try BoundStatement(
            db.cachedStatement(sql: "UPDATE booking SET line = ?, modified = ?, digest = ? WHERE id = ?")
        ).execute(booking.line, booking.revision.modified.seconds, booking.revision.digest, row)
    }
}

/// Lists inside a row, as JSON text with sorted keys: equal values have equal bytes.
enum StoredJSON {
    static func encode(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    static func decode<Value: Decodable>(_ type: Value.Type, _ text: String) throws -> Value {
        try JSONDecoder().decode(type, from: Data(text.utf8))
    }
}
