import GRDB
import Testing

@testable import ReservationStore

@Suite("Stores of earlier versions")
struct EarlierVersionTests {
    /// A store of the version that `last` made, with a booking in row 1 of the export in row 1, and `rows` besides.
    private static func store(upTo last: String, _ rows: String) throws -> DatabaseQueue {
        let queue = try DatabaseQueue()
        try Schema.migrator().migrate(queue, upTo: last)
        try queue.write { db in
            try db.execute(
                sql: """
                    INSERT INTO export (id, source, path, digest, reader, inForce, removed, diagnostics, importedAt)
                    VALUES (1, 's', 'a.ics', '', '', 1, 0, '[]', 0);
                    INSERT INTO booking VALUES (
                        1, 1, 1, 99, 1, '', 'u', '', 0, 0, 0, '', 's', 'confirmed', NULL, NULL, '', '', '[]',
                        NULL, NULL, NULL, x'', NULL
                    );
                    \(rows)
                    """)
        }
        return queue
    }

    @Test("Reservations are kept, and found in the week of their end")
    func reservations() throws {
        let queue = try Self.store(
            upTo: "0017-copies",
            """
            INSERT INTO reservation VALUES
                (5, 1, 1, 99, '', 'u', '', 'blue', 0, 604801, 'granted', NULL, NULL, '[]', NULL, NULL, 0),
                (6, 1, 1, 99, '', 'u', '', 'blue', 0, 60, 'declined', 'CNF001', 'start', '[]', 7, 9, 0);
            """)
        let before = try queue.read { try Row.fetchAll($0, sql: "SELECT * FROM reservation ORDER BY id") }
        #expect(before.count == 2)
        try Schema.migrator().migrate(queue)
        try queue.read { db in
            #expect(try Row.fetchAll(db, sql: "SELECT * FROM reservation ORDER BY id") == before)
            let week = Schema.week(of: "endsAt")
            let found = "SELECT id FROM reservation WHERE verdict = 'granted' AND \(week) = 1"
            #expect(try Int.fetchAll(db, sql: found) == [5])
            let plan = try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN \(found)").map { $0["detail"] as String }
            #expect(plan.contains { $0.contains("reservation_of_week") }, "\(plan)")
        }
    }

    @Test("What was held stays held, and let through")
    func held() throws {
        let queue = try Self.store(upTo: "0018-weeks", "INSERT INTO held VALUES (1, 's', 5, 1);")
        try Schema.migrator().migrate(queue)
        let held = try queue.read { try Row.fetchAll($0, sql: "SELECT booking, source, since, accepted FROM held") }
        #expect(held == [["booking": 1, "source": "s", "since": 5, "accepted": 1]])
    }
}
