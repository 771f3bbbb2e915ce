import Foundation
import Reservations
import Testing

@testable import ReservationStore

@Suite("The story of a booking")
struct StoryTests {
    @Test("Every entry of a UID is told, with what counts instead of it and what became of its claims")
    func story() async throws {
        let store = try ReservationStore.inMemory()
        var newer = try booking("a", hour: 1, line: 9)
        newer.revision.sequence = 2
        _ = try await store.apply(change("old.ics", try booking("a")), change("new.ics", newer))
        let story = try await store.story(ofUID: "a")
        #expect(story.map(\.export.path) == ["new.ics", "old.ics"])
        #expect(story[0].replacement == nil)
        #expect(story[0].reservations.map(\.decision.verdict) == [.granted])
        #expect(story[0].reservations.map(\.reservation.slot.start) == [ten.addingTimeInterval(3_600)])
        #expect(story[1].replacement?.export.path == "new.ics")
        #expect(story[1].replacement?.line == 9)
        #expect(story[1].replacement?.reason == .olderRevision)
        #expect(story[1].reservations.isEmpty)
        #expect(try await store.story(ofUID: "b").isEmpty)
    }

    @Test("A UID of a source that has its own is told beside that of all others")
    func scopes() async throws {
        let store = try ReservationStore.inMemory()
        var own = try booking("a", hour: 1)
        own.key.scope = "rooms"
        let export = ExportName(source: "rooms", path: "own.ics")
        _ = try await store.apply(
            change("all.ics", try booking("a")), ExportChange(export, .content([own], absent: .withdrawn)))
        let story = try await store.story(ofUID: "a")
        #expect(story.map(\.export.path) == ["own.ics", "all.ics"])
        #expect(story.map(\.booking.key.scope) == ["rooms", ""])
        #expect(story.allSatisfy { $0.replacement == nil && $0.reservations.count == 1 })
    }

    @Test("An entry that was moved while its conference is open waits for the end")
    func waits() async throws {
        let store = try ReservationStore.inMemory()
        _ = try await store.apply(change("a.ics", try booking("a")))
        let conference = try await store.open("blue")
        _ = try await store.apply(change("a.ics", try booking("a", hour: 3)), minutes: 1)
        let story = try await store.story(ofUID: "a")
        #expect(Set(story.map { [$0.isLeftOver, $0.waits] }) == [[true, false], [false, true]])
        _ = try await store.closeConference(conference.id, at: ten.addingTimeInterval(120))
        _ = try await store.apply(minutes: 3)
        #expect(try await store.story(ofUID: "a").map(\.waits) == [false])
    }

    @Test("What a booking holds that is withdrawn while its conference is open is told until that ends")
    func leftOver() async throws {
        let store = try ReservationStore.inMemory()
        _ = try await store.apply(change("a.ics", try booking("a")))
        let conference = try await store.open("blue")
        _ = try await store.apply(change("a.ics"), minutes: 1)
        let story = try await store.story(ofUID: "a")
        #expect(story.map(\.isLeftOver) == [true])
        #expect(story.first?.export.path == "a.ics")
        #expect(story.first?.reservations.map(\.changeWaits) == [true])
        _ = try await store.get(conference.id)
        #expect(try await store.closeConference(conference.id, at: ten.addingTimeInterval(120)) == .closed)
        _ = try await store.apply(minutes: 3)
        #expect(try await store.story(ofUID: "a").isEmpty)
    }
}
