import Foundation
import GRDB
import Reservations
import Testing

@testable import ReservationStore

/// What used to be rows and references, and is seen to by the store itself.
@Suite("Schedules in the store")
struct ScheduleTests {
    private let store: ReservationStore

    init() throws { store = try .inMemory() }

    @Test("A room has one schedule in each generation")
    func unique() async throws {
        _ = try await store.apply(change("a.ics", try booking("a")))
        let copy = """
            INSERT INTO schedule (roomId, since, until, granted, declined, duplicates, lastEnd, reservations)
            SELECT roomId, since, until, granted, declined, duplicates, lastEnd, reservations FROM schedule
            """
        await #expect(throws: DatabaseError.self) { try await store.database.write { try $0.execute(sql: copy) } }
    }

    @Test("The database itself refuses a schedule that gives the room to two, and one that is none", arguments: 0...2)
    func overlap(damage: Int) async throws {
        _ = try await store.apply(change("a.ics", try booking("a"), try booking("b", hour: 1)))
        try await store.database.write { db in
            let stored = try #require(try Data.fetchOne(db, sql: "SELECT reservations FROM schedule"))
            var bytes = [UInt8](stored)
            // The end of the first one: half an hour or so later.
            if damage == 1 { bytes[8 + 8 + 1] &+= 8 }
            if damage == 2 { bytes.removeLast(70) }
            let insert = """
                INSERT INTO schedule (roomId, since, until, granted, declined, duplicates, lastEnd, reservations)
                SELECT roomId, since + 5, until - 5, 2, 0, 0, lastEnd, ? FROM schedule
                """
            if damage == 0 {
                try db.execute(sql: insert, arguments: [Data(bytes)])
            } else {
                #expect(throws: DatabaseError.self) { try db.execute(sql: insert, arguments: [Data(bytes)]) }
            }
        }
    }

    @Test("Its ends are the last ones, of all and of what is declined, wherever they stand")
    func ends() async throws {
        var long = try booking("long", created: 1)
        long.occurrences = [Occurrence(slot: try #require(TimeSlot(start: ten, end: ten.addingTimeInterval(36_000))))]
        _ = try await store.apply(change("a.ics", try booking("a"), long, try booking("b", hour: 2)))
        let ends = try await store.database.read { db in
            try Row.fetchAll(db, sql: "SELECT lastEnd, lastDeclinedEnd, granted, declined, duplicates FROM schedule")
                .flatMap { row in (0..<5).map { row[$0] as Int64 } }
        }
        #expect(try await store.verdicts() == ["a": .granted, "b": .granted, "long": .declined])
        let last = ten.seconds + 36_000
        #expect(ends == [last, last, 2, 1, 0])
    }

    @Test("What is decided otherwise and back again is no news")
    func backAgain() async throws {
        let first = try booking("a")
        _ = try await store.apply(change("a.ics", first))
        try await tell()
        _ = try await store.apply(change("b.ics", try booking("open", hour: 5)))
        _ = try await store.apply(change("b.ics"))
        let news = try await store.news(forReportsBy: "")
        #expect(news?.rooms == [])
        _ = try await store.apply(change("b.ics", try booking("open", hour: 6)))
        #expect(try await store.news(forReportsBy: "")?.rooms.map(\.text) == ["blue"])
    }

    @Test("A booking stays as long as a schedule names it, told or not", arguments: [true, false])
    func named(isTold: Bool) async throws {
        _ = try await store.apply(change("a.ics", try booking("a")))
        try await tell()
        let conference = try await store.open("blue")
        _ = try await store.apply(change("a.ics", try booking("a", hour: 5)))
        if isTold { try await tell() }
        #expect(try await store.slots(of: "a") == [0], "kept as it was opened")
        #expect(try await store.count("booking") == 2)
        _ = try await store.get(conference.id)
        _ = try await store.closeConference(conference.id, at: ten.addingTimeInterval(60))
        _ = try await store.apply([], policy: ConflictPolicy(), at: ten.addingTimeInterval(120))
        try await tell()
        #expect(try await store.slots(of: "a") == [5])
        #expect(try await store.count("booking") == 1)
    }

    @Test("What is written of rooms that are decided again is taken back, and their schedules before it count again")
    func undo() async throws {
        _ = try await store.apply(change("a.ics", try booking("a")))
        let blue = try #require(RoomName("blue"))
        try await store.database.write { db in
            try ScheduleWrite(room: blue, schedule: .empty).execute(in: 2, db)
            #expect(try Schedules(in: 2).schedule(of: blue, db).count == 0)
            #expect(try Schedules(in: 1).schedule(of: blue, db).count == 1)
            try ScheduleWrite.undo([blue], generation: 2, db)
            #expect(try Schedules(in: 2).schedule(of: blue, db).count == 1)
        }
    }

    @Test("More schedules than are removed at once are taken back after a crash, and none is lost")
    func crash() async throws {
        let rooms = (0..<1_000).map { "room\($0)" }
        _ = try await store.apply([
            ExportChange(
                ExportName(source: "s", path: "a"),
                .content(try rooms.map { try booking("u\($0)", room: $0) }, absent: .withdrawn))
        ])
        let before = try await store.scheduleRows()
        let moved = try rooms.map { try booking("u\($0)", room: $0, hour: 1) }
        _ = try await store.stage(
            [ExportChange(ExportName(source: "s", path: "a"), .content(moved, absent: .withdrawn))],
            policy: ConflictPolicy(), at: ten.addingTimeInterval(-86_400))
        #expect(try await store.scheduleRows().count == 2_000)
        _ = try await store.apply(change("b.ics"))
        #expect(try await store.scheduleRows() == before)
        #expect(try await store.count("schedule WHERE until = \(Schema.forever)") == 1_000)
    }

    @Test("UIDs that look the same and differ in bytes are superseded each for itself")
    func superseded() async throws {
        let (composed, decomposed) = ("r\u{E9}union", "re\u{301}union")
        func both(_ sequence: Int) throws -> [Booking] {
            try [(composed, 0.0), (decomposed, 2)].map { uid, hour in
                var own = try booking(uid, hour: hour)
                own.revision.sequence = sequence
                return own
            }
        }
        _ = try await store.apply([
            ExportChange(ExportName(source: "s", path: "old"), .content(try both(0), absent: .withdrawn)),
            ExportChange(ExportName(source: "s", path: "new"), .content(try both(1), absent: .withdrawn)),
        ])
        let exports = try await store.exports()
        let (new, old) = (try #require(exports.first?.row), try #require(exports.last?.row))
        let stale = try await store.superseded(of: old)
        #expect(stale.map { Array($0.booking.key.uid.utf8) }.count == 2)
        #expect(Set(stale.map { Array($0.booking.key.uid.utf8) }) == [Array(composed.utf8), Array(decomposed.utf8)])
        #expect(try await store.superseded(of: new).isEmpty)
    }

    @Test("Declined ones are told by start, end and room, the first ones in full")
    func declined() async throws {
        _ = try await store.apply(
            change(
                "a.ics", try booking("1", room: "red"), try booking("2", room: "red", created: 1, line: 7),
                try booking("3", hour: 1), try booking("4", hour: 1, created: 1), try booking("5", hour: -1),
                try booking("6", hour: -1, created: 1)))
        let all = try await store.declined(endingAfter: ten.addingTimeInterval(-1))
        #expect(all.total == 3 && all.declined.map(\.stored.reservation.id.uid) == ["6", "2", "4"])
        #expect(all.declined[1].line == 7 && all.declined[1].export.path == "a.ics")
        let one = try await store.declined(endingAfter: ten, limit: 1)
        #expect(one.total == 2 && one.declined.map(\.stored.reservation.id.uid) == ["2"])
    }

    @Test("What a booking claims in several rooms is in order of start and room")
    func rooms() async throws {
        var series = try booking("a")
        series.rooms.insert(contentsOf: try booking("b", room: "red").rooms, at: 0)
        series.occurrences += try booking("a", hour: 24).occurrences
        for (index, day) in ["20261208", "20261209"].enumerated() {
            series.occurrences[index].recurrenceID = RecurrenceID(day)
        }
        _ = try await store.apply(change("a.ics", series))
        let export = try #require(try await store.exports().first?.row)
        let claimed = try await store.outcomes(of: export).flatMap(\.reservations).map { stored in
            "\(stored.reservation.id.recurrenceID?.text ?? "") \(stored.reservation.id.room.text)"
        }
        #expect(claimed == ["20261208 blue", "20261208 red", "20261209 blue", "20261209 red"])
    }

    @Test("Only the reservations that are asked for are found by their ids")
    func byID() async throws {
        _ = try await store.apply(change("a.ics", try booking("a"), try booking("b", hour: 2)))
        let (blue, red) = (try #require(RoomName("blue")), try #require(RoomName("red")))
        let asked: Set = [
            ReservationID(uid: "a", room: blue), ReservationID(uid: "a", room: red),
            ReservationID(uid: "b", recurrenceID: RecurrenceID("20261208"), room: blue),
            ReservationID(uid: "c", room: blue),
        ]
        let found = try await store.reservations(withIDs: asked)
        #expect(Set(found.keys) == [ReservationID(uid: "a", room: blue)])
    }

    /// Lets reports have told everything.
    private func tell() async throws {
        guard let news = try await store.news(forReportsBy: "") else { return }
        try await store.noteReported(news, by: "", summaries: [:])
    }
}
