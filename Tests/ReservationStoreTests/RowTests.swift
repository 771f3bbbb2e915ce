import Foundation
import GRDB
import GRDBSQLite
import Reservations
import TestSupport
import Testing

@testable import ReservationStore

@Suite("Rows as they are written")
struct RowTests {
    private static let table = """
        CREATE TABLE kinds (
            number INTEGER, small INTEGER, flag INTEGER, text TEXT NOT NULL CHECK (text <> 'refused'),
            bytes BLOB NOT NULL, absent TEXT
        ) STRICT
        """

    @Test(
        "Values come back as they were, empty ones too",
        arguments: [("", []), ("Zoë\nwas here", [0, 255, 7])] as [(String, [UInt8])])
    func values(text: String, bytes: [UInt8]) throws {
        try DatabaseQueue().write { db in
            try db.execute(sql: Self.table)
            let insert = BoundStatement(try db.makeStatement(sql: "INSERT INTO kinds VALUES (?, ?, ?, ?, ?, ?)"))
            try insert.execute(Int64.min, Int?.some(-7), true, text, bytes, String?.none)
            let row = try #require(try Row.fetchOne(db, sql: "SELECT * FROM kinds"))
            let written: Row = [
                "number": Int64.min, "small": -7, "flag": true, "text": text, "bytes": Data(bytes), "absent": nil,
            ]
            #expect(row == written)
        }
    }

    @Test("A list of reservations comes back as it was, whatever is in them")
    func reservationIDs() throws {
        let pieces = ["a", "Zoë", "\"", "\\", "/", "\u{1F}", "\n", "\u{2028}", "e\u{301}", "🚪", "{}", "["]
        let rooms = try ["blue", "gr%c3%b6%c3%9fe", "[sales]red"].map { try #require(RoomName($0)) }
        for seed in 0..<1_000 as Range<UInt64> {
            var random = SeededGenerator(seed: seed)
            func text() -> String {
                (0..<Int.random(in: 0...3, using: &random))
                    .map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
            }
            let ids = try (0..<Int.random(in: 0...3, using: &random)).map { _ in
                let part = [nil, text(), "20261208", "20261208T100000Z"].randomElement(using: &random) ?? nil
                return ReservationID(
                    scope: text(), uid: text(), recurrenceID: part.map { RecurrenceID($0) },
                    room: try #require(rooms.randomElement(using: &random)))
            }
            let list = ReservationIDList.encode(ids, in: rooms[0])
            #expect(try ReservationIDList.decode(list, in: rooms[0]) == ids, "seed \(seed)")
        }
    }

    @Test("A list has of a text what a column has of it: what comes before a zero")
    func zeroInReservationIDs() throws {
        let blue = try #require(RoomName("blue"))
        let list = ReservationIDList.encode([ReservationID(uid: "a\u{0}b", room: blue)], in: blue)
        #expect(try ReservationIDList.decode(list, in: blue) == [ReservationID(uid: "a", room: blue)])
    }

    @Test("A statement keeps nothing of what was written with it")
    func forgotten() throws {
        try DatabaseQueue().write { db in
            try db.execute(sql: Self.table)
            let statement = try db.makeStatement(sql: "INSERT INTO kinds VALUES (?, 2, 3, ?, x'', ?)")
            var rest = ColumnValues(capacity: 0)
            for text in ["taken", nil] { rest.append(text) }
            try BoundStatement(statement).execute(1, then: rest.reader)
            let sql = unsafe sqlite3_expanded_sql(statement.sqliteStatement).map { unsafe String(cString: $0) }
            #expect(sql == "INSERT INTO kinds VALUES (NULL, 2, 3, NULL, x'', NULL)")
            #expect(try String.fetchAll(db, sql: "SELECT text FROM kinds") == ["taken"])
        }
    }

    @Test("A list of reservations that has lost its end has fewer of them, or is refused")
    func cutReservationIDs() throws {
        let blue = try #require(RoomName("blue"))
        let ids = [nil, "20261208", "x"].map {
            ReservationID(uid: "u", recurrenceID: $0.map { RecurrenceID($0) }, room: blue)
        }
        let bytes = ReservationIDList.encode(ids, in: blue)
        for count in bytes.indices {
            do {
                let fewer = try ReservationIDList.decode(Array(bytes[..<count]), in: blue)
                #expect(fewer.count < ids.count && ids.starts(with: fewer))
            } catch {
                #expect(error is DatabaseError)
            }
        }
    }

    @Test("A row that the schema refuses throws, and the next one is written")
    func refused() throws {
        try DatabaseQueue().write { db in
            try db.execute(sql: Self.table)
            let insert = BoundStatement(try db.makeStatement(sql: "INSERT INTO kinds VALUES (1, 2, 3, ?, x'', NULL)"))
            let error = #expect(throws: DatabaseError.self) { try insert.execute("refused") }
            #expect(error?.extendedResultCode == .SQLITE_CONSTRAINT_CHECK)
            #expect(error?.message == "CHECK constraint failed: text <> 'refused'")
            try insert.execute("taken")
            #expect(try String.fetchAll(db, sql: "SELECT text FROM kinds") == ["taken"])
        }
    }
}
