import Foundation
import GRDB
import Reservations
import TestSupport
import Testing

@testable import ReservationStore

/// POST, GET and DELETE as they come: at once, again, late or never (design: conference-api).
@Suite("Requests that cross each other")
struct AskingTests {
    @Test(
        "Of many who ask for a room at once one opens it, and the others are told the same id",
        arguments: [true, false])
    func atOnce(isBooked: Bool) async throws {
        let directory = try TemporaryDirectory()
        let store = try ReservationStore.open(at: directory.url.appending(path: "s.sqlite").path)
        let rooms = (0..<20).map { "room\($0)" }
        if isBooked { _ = try await store.apply(rooms.map { change($0, try booking($0, room: $0)) }) }
        if !isBooked { _ = try await store.apply() }
        for room in rooms {
            let answers = try await withThrowingTaskGroup(of: AdmissionAnswer.self) { group in
                for _ in 0..<4 { group.addTask { try await store.admit(room, policy: unbooked) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let opened = answers.compactMap { answer -> Int64? in
                guard case .opened(let conference) = answer else { return nil }
                return conference.id
            }
            #expect(opened.count == 1, "\(room)")
            #expect(answers.filter { $0 == .alreadyOpen(opened[0]) }.count == 3, "\(room)")
        }
    }

    @Test("A DELETE that comes late, after the room was opened again, or twice, ends nothing that goes on")
    func lateDelete() async throws {
        let store = try ReservationStore.inMemory()
        _ = try await store.apply(change("a.ics", try booking("a")))
        let first = try await store.open("blue")
        #expect(try await store.closeConference(first.id, at: minute(5)) == .closed)
        let second = try await store.open("blue", minutes: 6)
        #expect(try await store.closeConference(first.id, at: minute(7)) == .closedBefore)
        #expect(try await store.get(second.id)?.id == second.id)
        #expect(try await store.closeConference(second.id, at: minute(8)) == .closed)
        #expect(try await store.closeConference(second.id, at: minute(9)) == .closedBefore)
        #expect(try await spans(in: store) == [0...7, 6...9])
    }

    @Test(
        "A repeated DELETE moves the recorded end, never beyond the end of the slot, and not of what the next one ended"
    )
    func repeatedDelete() async throws {
        let store = try ReservationStore.inMemory()
        _ = try await store.apply(change("a.ics", try booking("a"), try booking("b", hour: 1)))
        let first = try await store.open("blue")
        #expect(try await store.closeConference(first.id, at: minute(50)) == .closed)
        #expect(try await store.closeConference(first.id, at: minute(90)) == .closedBefore)
        let second = try await store.open("blue", minutes: 59)
        _ = try await store.open("blue", minutes: 61)
        #expect(try await store.closeConference(second.id, at: minute(70)) == .closedBefore)
        #expect(try await spans(in: store).prefix(2) == [0...60, 59...61])
    }

    @Test("Without a DELETE the next reservation's request ends the conference, or our clock does")
    func lostDelete() async throws {
        let store = try ReservationStore.inMemory()
        _ = try await store.apply(change("a.ics", try booking("a"), try booking("b", hour: 1)))
        let first = try await store.open("blue")
        #expect(try await store.admit("blue", minutes: 59.9) == .alreadyOpen(first.id))
        let second = try await store.open("blue", minutes: 60)
        #expect(try await store.get(first.id) == nil)
        #expect(try await store.expire(policy: AdmissionPolicy(), at: minute(121)).closed == 0)
        #expect(try await store.expire(policy: AdmissionPolicy(), at: minute(122)).closed == 1)
        #expect(try await store.get(second.id) == nil)
        #expect(try await store.closeConference(second.id, at: minute(123)) == .closedBefore)
        #expect(try await spans(in: store) == [0...60, 60...120])
    }

    @Test(
        "Between the 409 and its GET a DELETE is the late one for ten seconds; after the GET it counts",
        arguments: [(10.0, false, false), (11.0, false, true), (2.0, true, true)])
    func betweenConflictAndFetch(seconds: Double, isFetched: Bool, ends: Bool) async throws {
        let store = try ReservationStore.inMemory()
        _ = try await store.apply(change("a.ics", try booking("a")))
        let conference = try await store.open("blue")
        #expect(try await store.admit("blue") == .alreadyOpen(conference.id))
        if isFetched { _ = try await store.get(conference.id) }
        let closing = try await store.closeConference(conference.id, at: ten.addingTimeInterval(seconds))
        #expect(closing == (ends ? .closed : .keptOpen))
        #expect(try await (store.fetchConference(conference.id) == nil) == ends)
    }

    @Test("Whatever ends a conference wakes those who wait for its end", arguments: ConferenceEnding.allCases)
    func wakes(ending: ConferenceEnding) async throws {
        let store = try ReservationStore.inMemory()
        _ = try await store.apply(change("a.ics", try booking("a"), try booking("b", hour: 1)))
        let conference = try await store.open("blue")
        switch ending {
        case .deleted: #expect(try await store.closeConference(conference.id, at: minute(5)) == .closed)
        case .next: _ = try await store.open("blue", minutes: 60)
        case .clock: #expect(try await store.expire(policy: AdmissionPolicy(), at: minute(62)).closed == 1)
        }
        let stream = store.conferenceEnds.listen()
        // Whoever listened before has heard all that it will.
        _ = store.conferenceEnds.listen()
        var woken = 0
        for await _ in stream { woken += 1 }
        #expect(woken == 1)
    }

    /// When conferences were open, in minutes after ten, in the order of their openings.
    private func spans(in store: ReservationStore) async throws -> [ClosedRange<Double>] {
        let spans = try await store.database.read { db in
            try Row.fetchAll(db, sql: "SELECT openedAt, endedAt FROM conference WHERE endedAt IS NOT NULL ORDER BY id")
                .map { row -> (Double, Double) in (row["openedAt"], row["endedAt"]) }
        }
        return spans.map { start, end in
            let (first, last) = (start - ten.timeIntervalSince1970, end - ten.timeIntervalSince1970)
            return (first / 60)...(last / 60)
        }
    }

    private func minute(_ minute: Double) -> Date { ten.addingTimeInterval(minute * 60) }
}
