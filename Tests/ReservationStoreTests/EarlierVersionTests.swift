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
                    INSERT INTO booking (
                        id, export, since, until, line, scope, uid, recurrenceId, sequence, modified, sourcePriority,
                        digest, source, participation, created, owner, attendees, summary, rooms, maxOccupants, lobby,
                        password, occurrences, roomAddress
                    ) VALUES (
                        1, 1, 1, 99, 1, '', 'u', '', 0, 0, 0, '', 's', 'confirmed', NULL, NULL, '', '', '[]',
                        NULL, NULL, NULL, x'', NULL
                    );
                    \(rows)
                    """)
        }
        return queue
    }

    private static let json = """
        [{"recurrenceID":{"text":"20261208"},"room":"blue","scope":"s","uid":"w"},{"room":"red","scope":"","uid":"ü"}]
        """
    private static let inTheWay = ["blue", "red"].compactMap { RoomName($0) }.map { room in
        room.text == "blue"
            ? ReservationID(scope: "s", uid: "w", recurrenceID: RecurrenceID("20261208"), room: room)
            : ReservationID(uid: "ü", room: room)
    }

    @Test("Who is in the way is told as before")
    func lists() throws {
        let queue = try Self.store(upTo: "0022-schedules", "INSERT INTO room (id, name) VALUES (1, 'blue');")
        let slot = try #require(TimeSlot(start: Date(seconds: 0), end: Date(seconds: 60)))
        let json = Array(Self.json.utf8)
        let outcome = RoomSchedule.Outcome(verdict: .declined, code: "CNF001", blocking: json)
        let entries = [outcome, RoomSchedule.Outcome(verdict: .granted)].map {
            RoomSchedule.Entry(booking: 1, slot: slot, outcome: $0, since: 1, decidedAt: Date(seconds: 3))
        }
        var bytes = try RoomSchedule(entries).bytes
        let list = try #require(bytes.firstRange(of: json)?.lowerBound)
        // As that version wrote them, as text.
        bytes[list - 9] = ColumnValues.Kind.text.rawValue
        let earlier = try RoomSchedule(stored: Data(bytes))
        try queue.write { db in
            try db.addGrantedOverlap()
            for (since, until) in [(0, 1), (1, Schema.forever)] as [(Int64, Int64)] {
                try ScheduleRow(room: 1, since: since, until: until, schedule: earlier).insert(db)
            }
        }
        try Schema.migrator().migrate(queue)
        try queue.read { db in
            for generation in [0, 1] as [Int64] {
                let seen = try StoredReservation.ofRoom(try #require(RoomName("blue")), in: generation, db)
                #expect(seen.map(\.decision.blocking) == [Self.inTheWay, []])
                #expect(seen.map(\.decision.verdict) == [.declined, .granted] && seen.map(\.since) == [1, 1])
            }
        }
    }

    @Test("A room whose schedule is damaged is named", arguments: [("[{]", 0), ("[]", 3)])
    func damagedSchedule(json: String, missingBytes: Int) throws {
        let queue = try Self.store(upTo: "0022-schedules", "INSERT INTO room (id, name) VALUES (1, 'blue');")
        let slot = try #require(TimeSlot(start: Date(seconds: 0), end: Date(seconds: 60)))
        let entry = RoomSchedule.Entry(
            booking: 1, slot: slot, outcome: RoomSchedule.Outcome(verdict: .declined, blocking: Array(json.utf8)),
            since: 1, decidedAt: slot.start)
        var bytes = try RoomSchedule([entry]).bytes
        bytes.removeLast(missingBytes)
        try queue.write { db in
            try db.addGrantedOverlap()
            try db.execute(
                sql: "INSERT INTO schedule VALUES (1, 1, 1, 9, 0, 1, 0, 60, 60, ?)", arguments: [Data(bytes)])
        }
        let error = #expect(throws: StoreError.self) { try Schema.migrator().migrate(queue) }
        #expect(error?.description.hasPrefix("the store is damaged (the schedule of the room 'blue': ") == true)
        let last = try queue.read { try String.fetchOne($0, sql: "SELECT max(identifier) FROM grdb_migrations") }
        #expect(last == "0022-schedules", "nothing is half done")
    }

    @Test("Reservations are kept, in schedules")
    func reservations() throws {
        let queue = try Self.store(
            upTo: "0017-copies",
            """
            INSERT INTO reservation VALUES
                (5, 1, 1, 99, '', 'u', '', 'blue', 0, 604801, 'granted', NULL, NULL, '[]', NULL, NULL, 3),
                (6, 1, 2, 99, '', 'u', '19700101T000000Z', 'blue', 0, 60, 'declined', 'CNF001', 'start',
                    '\(Self.json)', 7, 9, 0);
            """)
        try queue.write { try $0.execute(sql: "UPDATE generation SET current = 2, reported = 1") }
        try Schema.migrator().migrate(queue)
        try queue.read { db in
            let blue = try #require(RoomName("blue"))
            let told = try StoredReservation.ofRoom(blue, in: 1, db)
            #expect(told.map(\.decision.verdict) == [.granted], "what reports do not tell yet is told apart")
            let now = try StoredReservation.ofRoom(blue, in: 2, db)
            let granted = try #require(now.first { $0.decision.verdict == .granted })
            let declined = try #require(now.first { $0.decision.verdict == .declined })
            #expect(now.count == 2)
            #expect(granted.reservation.id == ReservationID(scope: "", uid: "u", room: blue))
            #expect(granted.reservation.slot == TimeSlot(start: Date(seconds: 0), end: Date(seconds: 604_801)))
            #expect(granted.decision == Decision(id: granted.reservation.id, verdict: .granted))
            #expect(declined.reservation.id.recurrenceID == RecurrenceID("19700101T000000Z"))
            #expect(declined.decision.verdict == .declined && declined.decision.code == .slotTaken)
            #expect(declined.decision.reason == .start && declined.decision.blocking == Self.inTheWay)
            #expect(declined.decision.nextFree == TimeSlot(start: Date(seconds: 7), end: Date(seconds: 9)))
            #expect([granted.since, declined.since] == [1, 2])
            #expect(granted.decidedAt == Date(seconds: 3))
        }
    }

    @Test("A store whose reports tell everything has one schedule of a room", arguments: [1, 2] as [Int64])
    func toldSchedules(reported: Int64) throws {
        let queue = try Self.store(
            upTo: "0017-copies",
            """
            INSERT INTO reservation VALUES
                (5, 1, 1, 2, '', 'u', '', 'blue', 0, 60, 'granted', NULL, NULL, '[]', NULL, NULL, 0),
                (6, 1, 2, 99, '', 'u', '', 'blue', 60, 120, 'granted', NULL, NULL, '[]', NULL, NULL, 0);
            UPDATE generation SET current = 2, reported = \(reported);
            """)
        try Schema.migrator().migrate(queue)
        try queue.read { db in
            let blue = try #require(RoomName("blue"))
            #expect(try Int.fetchOne(db, sql: "SELECT count(*) FROM schedule") == (reported == 1 ? 2 : 1))
            #expect(try StoredReservation.ofRoom(blue, in: 2, db).map(\.since) == [2])
            #expect(try StoredReservation.ofRoom(blue, in: reported, db).map(\.since) == [reported])
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

    @Test("What was held stays held, and let through")
    func held() throws {
        let queue = try Self.store(upTo: "0018-weeks", "INSERT INTO held VALUES (1, 's', 5, 1);")
        try Schema.migrator().migrate(queue)
        let held = try queue.read { try Row.fetchAll($0, sql: "SELECT booking, source, since, accepted FROM held") }
        #expect(held == [["booking": 1, "source": "s", "since": 5, "accepted": 1]])
    }
}
