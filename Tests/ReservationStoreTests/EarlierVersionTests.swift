import Diagnostics
import Foundation
import GRDB
import Reservations
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

    @Test("Reservations are kept, and what was declined is found in the week of its end")
    func reservations() throws {
        let queue = try Self.store(
            upTo: "0017-copies",
            """
            INSERT INTO reservation VALUES
                (5, 1, 1, 99, '', 'u', '', 'blue', 0, 604801, 'granted', NULL, NULL, '[]', NULL, NULL, 0),
                (6, 1, 2, 99, '', 'u', '19700101T000000Z', 'blue', 0, 60, 'declined', 'CNF001', 'start', '[]', 7, 9, 0);
            """)
        try Schema.migrator().migrate(queue)
        try queue.read { db in
            let (granted, declined) = (try #require(try Self.stored(5, db)), try #require(try Self.stored(6, db)))
            let blue = try #require(RoomName("blue"))
            #expect(granted.reservation.id == ReservationID(scope: "", uid: "u", room: blue))
            #expect(granted.reservation.slot == TimeSlot(start: Date(seconds: 0), end: Date(seconds: 604_801)))
            #expect(granted.decision == Decision(id: granted.reservation.id, verdict: .granted))
            #expect(declined.reservation.id.recurrenceID == RecurrenceID("19700101T000000Z"))
            #expect(declined.decision.verdict == .declined && declined.decision.code == .slotTaken)
            #expect(declined.decision.nextFree == TimeSlot(start: Date(seconds: 7), end: Date(seconds: 9)))
            #expect(try Int64.fetchAll(db, sql: "SELECT since FROM reservation ORDER BY id") == [1, 2])
            let found = "SELECT id FROM reservation WHERE verdict = 1 AND \(Schema.week(of: "endsAt")) = 0"
            #expect(try Int.fetchAll(db, sql: found) == [6])
            let plan = try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN \(found)").map { $0["detail"] as String }
            #expect(plan.contains { $0.contains("declined_of_week") }, "\(plan)")
        }
    }

    @Test("Bookings are found by their UID")
    func families() throws {
        let queue = try Self.store(upTo: "0020-numbers", "")
        try Schema.migrator().migrate(queue)
        try queue.read { db in
            let own = try StoredBooking.visible(of: BookingFamily(scope: "", uid: "u"), in: 1, db)
            let others = try StoredBooking.visible(of: BookingFamily(scope: "s", uid: "u"), in: 1, db)
            #expect(own.map(\.row) == [1] && others.isEmpty)
        }
    }

    private static func stored(_ row: Int64, _ db: Database) throws -> StoredReservation? {
        try Row.fetchOne(db, sql: "\(StoredReservation.selection) WHERE reservation.id = ?", arguments: [row])
            .map(StoredReservation.init)
    }

    @Test("What was held stays held, and let through")
    func held() throws {
        let queue = try Self.store(upTo: "0018-weeks", "INSERT INTO held VALUES (1, 's', 5, 1);")
        try Schema.migrator().migrate(queue)
        let held = try queue.read { try Row.fetchAll($0, sql: "SELECT booking, source, since, accepted FROM held") }
        #expect(held == [["booking": 1, "source": "s", "since": 5, "accepted": 1]])
    }
}
