import Foundation
import Reservations
import Testing

@testable import ReservationStore

/// Changes of exports while people are in the room (design: conflicts, rules 4 and 9).
@Suite("Passes beside open conferences")
struct OpenConferenceTests {
    private let store: ReservationStore

    init() throws { store = try ReservationStore.inMemory() }

    @Test("A duplicate takes over the grant and the open conference when the first one is gone")
    func succession() async throws {
        let first = change("a.ics", try booking("first", owner: "ann"))
        _ = try await store.apply(first, change("b.ics", try booking("second", created: 9, owner: "ann")))
        #expect(try await store.verdicts() == ["first": .granted, "second": .duplicate])
        let conference = try await store.open("blue")

        let gone = ExportChange(first.export, .removed)
        _ = try await store.apply(gone, change("c.ics", try booking("rival", created: -9)), minutes: 1)
        #expect(try await store.verdicts() == ["second": .granted, "rival": .declined])
        #expect(try await store.admit("blue", minutes: 2) == .alreadyOpen(conference.id))
        #expect(try await !store.hasWaitedEnough())
        _ = try await store.get(conference.id)
        #expect(try await store.closeConference(conference.id, at: ten.addingTimeInterval(180)) == .closed)
        #expect(try await store.open("blue", minutes: 4).reservation?.uid == "second")
    }

    @Test("A booking that moves to another room waits there, and others are decided against what is open")
    func otherRoom() async throws {
        _ = try await store.apply(change("a.ics", try booking("a")))
        let conference = try await store.open("blue")
        let moved = change("a.ics", try booking("a", room: "red"))
        _ = try await store.apply(
            moved, change("b.ics", try booking("b")), change("c.ics", try booking("c", room: "red")), minutes: 1)
        #expect(try await store.verdicts() == ["a": .granted, "b": .declined])
        #expect(try await store.verdicts("red") == ["c": .granted])

        try await end(conference, minutes: 5)
        #expect(try await store.verdicts() == ["b": .granted])
        #expect(try await store.verdicts("red") == ["a": .declined, "c": .granted])
    }

    @Test("Settings stay as opened until the conference ends; a withdrawn booking stays as long")
    func settingsAndWithdrawal() async throws {
        _ = try await store.apply(change("a.ics", try booking("a", settings: RoomSettings(lobby: true))))
        let conference = try await store.open("blue")
        _ = try await store.apply(change("a.ics", try booking("a", settings: RoomSettings(lobby: false))), minutes: 1)
        #expect(try await granted()?.changeWaits == true)
        _ = try await store.apply(change("b.ics", try booking("b")), minutes: 2)
        #expect(try await granted()?.reservation.settings.lobby == true)
        #expect(try await granted()?.changeWaits == true)
        try await end(conference, minutes: 5)
        #expect(try await granted()?.reservation.settings.lobby == false)
        #expect(try await granted()?.changeWaits == false)

        let second = try await store.open("blue", minutes: 6)
        _ = try await store.apply(change("a.ics"), minutes: 7)
        #expect(try await store.verdicts() == ["a": .granted, "b": .declined])
        try await end(second, minutes: 8)
        #expect(try await store.verdicts() == ["b": .granted])
    }

    @Test("What is told again as it was opened waits no more")
    func takenBack() async throws {
        let original = change("a.ics", try booking("a"))
        _ = try await store.apply(original)
        let conference = try await store.open("blue")
        _ = try await store.apply(change("a.ics", try booking("a", hour: 3)), minutes: 1)
        _ = try await store.apply(original, minutes: 2)
        try await end(conference, minutes: 3)
        #expect(try await !store.hasWaitedEnough())
        #expect(try await store.open("blue", minutes: 4).slot.start == ten)
    }

    @Test("A conference that opens while a pass is being written keeps its slot, across rooms")
    func opensMeanwhile() async throws {
        _ = try await store.apply(change("a.ics", try booking("a")))
        let moved = change("a.ics", try booking("a", room: "red"))
        let pass = try await store.stage(
            [moved, change("b.ics", try booking("b"))], policy: ConflictPolicy(), at: ten.addingTimeInterval(60))
        let conference = try await store.open("blue", minutes: 1)
        let summary = try await commit(pass)
        #expect(summary.declined == 1)
        #expect(try await store.verdicts() == ["a": .granted, "b": .declined])
        #expect(try await store.verdicts("red") == [:])
        try await end(conference, minutes: 5)
        #expect(try await store.verdicts("red") == ["a": .granted])
    }

    @Test("A conference that ends while a pass is being written frees what it held, across rooms")
    func endsMeanwhile() async throws {
        _ = try await store.apply(change("a.ics", try booking("a")))
        let conference = try await store.open("blue")
        let moved = change("a.ics", try booking("a", room: "red"))
        let pass = try await store.stage([moved], policy: ConflictPolicy(), at: ten.addingTimeInterval(60))
        #expect(try await store.closeConference(conference.id, at: ten.addingTimeInterval(90)) == .closed)
        _ = try await commit(pass)
        #expect(try await store.verdicts() == [:])
        #expect(try await store.verdicts("red") == ["a": .granted])
        #expect(try await !store.hasWaitedEnough())
    }

    private func commit(_ pass: PassInProgress) async throws -> PassSummary {
        try await store.commit(pass, expiring: ExpiryRun(policy: AdmissionPolicy(), now: pass.now))
    }

    private func end(_ conference: StoredConference, minutes: Double) async throws {
        _ = try await store.get(conference.id)
        let end = ten.addingTimeInterval(minutes * 60)
        #expect(try await store.closeConference(conference.id, at: end) == .closed)
        _ = try await store.apply(minutes: minutes)
    }

    private func granted() async throws -> StoredReservation? {
        let room = try #require(RoomName("blue"))
        let all = try await store.reservations(of: room, touching: ten..<ten.addingTimeInterval(60))
        return all.first { $0.decision.verdict == .granted }
    }
}
