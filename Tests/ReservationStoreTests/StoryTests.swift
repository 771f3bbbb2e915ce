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
}
