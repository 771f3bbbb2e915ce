import Foundation
import GRDB
import Reservations
import Testing

@testable import ReservationStore

@Suite("What the schema itself forbids")
struct SchemaTests {
    @Test("Rooms with news are found by the indexes of what came and of what was replaced")
    func news() async throws {
        let store = try ReservationStore.inMemory()
        let plan = try await store.database.read { db in
            try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN \(ReportRows.roomsWithNewSchedules)", arguments: [1, 2])
                .map { $0["detail"] as String }
        }
        #expect(plan.contains { $0.contains("schedule_of_generation (since>? AND since<?)") }, "\(plan)")
        #expect(plan.contains { $0.contains("replaced_schedule (until>? AND until<?)") }, "\(plan)")
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
        "A schedule is replaced, never changed",
        arguments: ["reservations = x''", "roomId = roomId + 1", "since = 0"])
    func immovable(assignment: String) async throws {
        let store = try ReservationStore.inMemory()
        _ = try await store.apply(change("a.ics", try booking("a")))
        await #expect(throws: DatabaseError.self) {
            try await store.database.write { try $0.execute(sql: "UPDATE schedule SET \(assignment)") }
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
