import Foundation
import GRDB
import Reservations
import Testing

@testable import ReservationStore

@Suite("What the schema itself forbids")
struct SchemaTests {
    @Test(
        "News are found from the end, and by the index of what was replaced",
        arguments: [ReportRows.changedRows, ReportRows.changedBookings])
    func news(query: String) async throws {
        let store = try ReservationStore.inMemory()
        let plan = try await store.database.read { db in
            try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN \(query)", arguments: [1, 2]).map { $0["detail"] as String }
        }
        #expect(plan.contains { $0.contains("SEARCH reservation USING INTEGER PRIMARY KEY (rowid>?)") }, "\(plan)")
        #expect(plan.contains { $0.contains("replaced_reservation (until>? AND until<?)") }, "\(plan)")
    }

    @Test("Who else holds a slot is found by its room and start")
    func holders() async throws {
        let store = try ReservationStore.inMemory()
        let plan = try await store.database.read { db in
            try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN \(ReturnedClaims.holders)", arguments: [1, 2, 3, 4, 5, 6])
                .map { $0["detail"] as String }
        }
        #expect(plan.contains { $0.contains("reservation_of_room (roomId=? AND verdict=? AND startsAt=?)") }, "\(plan)")
    }

    @Test(
        "Granted slots of a room never overlap in one generation",
        arguments: [(0, 3_600, false), (1_800, 5_400, false), (-1_800, 1, false), (3_600, 7_200, true), (-60, 0, true)]
    )
    func overlap(start: Int, end: Int, allowed: Bool) async throws {
        let store = try ReservationStore.inMemory()
        _ = try await store.apply(change("a.ics", try booking("a")))
        let insert = { @Sendable (db: Database) in
            try db.execute(
                sql: """
                    INSERT INTO reservation (
                        booking, since, until, recurrenceId, roomId, startsAt, endsAt, verdict, blocking, decidedAt
                    ) SELECT 1, 1, 99, '20270101T000000Z', id, ?, ?, 0, '[]', 0 FROM room WHERE name = 'blue'
                    """,
                arguments: [ten.seconds + Int64(start), ten.seconds + Int64(end)]
            )
        }
        if allowed {
            try await store.database.write { try insert($0) }
        } else {
            await #expect(throws: DatabaseError.self) { try await store.database.write { try insert($0) } }
        }
    }

    @Test("A reservation has one open conference at most, and ids are never used again")
    func conferences() async throws {
        let store = try ReservationStore.inMemory()
        _ = try await store.apply(change("a.ics", try booking("a")))
        guard case .opened(let first) = try await store.admit("blue") else {
            Issue.record("not opened")
            return
        }
        await #expect(throws: DatabaseError.self) {
            try await store.database.write { db in
                var copy = first
                copy.id += 1
                try copy.insert(db)
            }
        }
        #expect(try await store.closeConference(first.id, at: ten) == .closed)
        guard case .opened(let second) = try await store.admit("blue") else {
            Issue.record("not opened again")
            return
        }
        #expect(second.id > first.id)
        #expect(try await store.closeConference(first.id, at: ten) == .closedBefore)
        #expect(try await store.closeConference(7, at: ten) == .unknown)
    }

    @Test("A conference that names its reservation by half is none", arguments: ["NULL, 'u', ''", "'', 'u', NULL"])
    func half(names: String) async throws {
        let store = try ReservationStore.inMemory()
        let insert = """
            INSERT INTO conference (id, room, askedName, mailOwner, scope, uid, recurrenceId, startsAt, endsAt, closesAt, openedAt)
            VALUES (5, 'blue', 'blue', '', \(names), 0, 60, 60, 0)
            """
        await #expect(throws: DatabaseError.self) { try await store.database.write { try $0.execute(sql: insert) } }
        let whole = insert.replacing(names, with: "'', 'u', ''")
        try await store.database.write { try $0.execute(sql: whole) }
    }

    @Test(
        "A reservation is replaced, never moved, and so is its verdict",
        arguments: [
            "startsAt = startsAt + 60", "endsAt = endsAt + 60", "roomId = roomId + 1", "verdict = 1", "since = 0",
        ]
    )
    func immovable(assignment: String) async throws {
        let store = try ReservationStore.inMemory()
        _ = try await store.apply(change("a.ics", try booking("a")))
        await #expect(throws: DatabaseError.self) {
            try await store.database.write { try $0.execute(sql: "UPDATE reservation SET \(assignment)") }
        }
    }

    @Test("A room has one open ad-hoc conference at most")
    func adHoc() async throws {
        let store = try ReservationStore.inMemory()
        _ = try await store.apply()
        guard case .opened(let first) = try await store.admit("blue", policy: unbooked) else {
            Issue.record("not opened")
            return
        }
        #expect(first.reservation == nil)
        #expect(try await store.admit("blue", policy: unbooked) == .alreadyOpen(first.id))
        await #expect(throws: DatabaseError.self) {
            try await store.database.write { db in
                var copy = first
                copy.id += 1
                try copy.insert(db)
            }
        }
    }

    @Test("An id is the second of the opening, or the last id and one where that is greater")
    func ids() async throws {
        let store = try ReservationStore.inMemory()
        _ = try await store.apply()
        var opened: [Int64] = []
        for (room, second) in [("a", 0.0), ("b", 0), ("c", 0), ("d", 60), ("e", -3_600), ("f", 61)] {
            let now = ten.addingTimeInterval(second)
            let answer = try await store.admit(room, at: now, mailOwner: nil, policy: unbooked, now: now)
            guard case .opened(let conference) = answer else {
                Issue.record("\(room) not opened")
                return
            }
            opened.append(conference.id - ten.seconds)
        }
        #expect(opened == [0, 1, 2, 60, 61, 62])
    }

    @Test("A health check is allowed and leaves nothing behind")
    func healthCheck() async throws {
        let store = try ReservationStore.inMemory()
        _ = try await store.apply()
        guard case .opened(let check) = try await store.admit("__jicofo-health-check-1") else {
            Issue.record("refused")
            return
        }
        #expect(check.closes.timeIntervalSince(ten) == 60)
        #expect(try await store.database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM conference") } == 0)
        #expect(try await store.get(check.id) == nil)
    }

    @Test("A health check is allowed before the first pass, when no room is")
    func earlyHealthCheck() async throws {
        let store = try ReservationStore.inMemory()
        #expect(try await store.admit("blue") == .notReady)
        guard case .opened = try await store.admit("__jicofo-health-check-1") else {
            Issue.record("refused")
            return
        }
    }

    @Test("The DELETE of a health check is good, and ends no conference that was opened in the same second")
    func healthCheckDeleted() async throws {
        let store = try ReservationStore.inMemory()
        _ = try await store.apply(change("a.ics", try booking("a")))
        guard case .opened(let conference) = try await store.admit("blue"),
            case .opened(let check) = try await store.admit("__jicofo-health-check-1")
        else {
            Issue.record("refused")
            return
        }
        #expect(try await store.closeConference(check.id, at: ten) == .closedBefore)
        #expect(try await store.admit("blue") == .alreadyOpen(conference.id))
    }

    @Test("A late DELETE between the 409 and its GET leaves the conference open")
    func lateDelete() async throws {
        let store = try ReservationStore.inMemory()
        _ = try await store.apply(change("a.ics", try booking("a")))
        guard case .opened(let conference) = try await store.admit("blue") else {
            Issue.record("not opened")
            return
        }
        #expect(try await store.admit("blue") == .alreadyOpen(conference.id))
        #expect(try await store.closeConference(conference.id, at: ten.addingTimeInterval(5)) == .keptOpen)
        #expect(try await store.get(conference.id)?.id == conference.id)
        #expect(try await store.closeConference(conference.id, at: ten.addingTimeInterval(6)) == .closed)
        #expect(try await store.get(conference.id) == nil)
    }
}
