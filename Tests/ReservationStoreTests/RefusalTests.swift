import Diagnostics
import Foundation
import Testing

@testable import ReservationStore
@testable import Reservations

@Suite("Refusals in the store")
struct RefusalTests {
    private let start = Date(timeIntervalSince1970: 1_796_724_000)

    private func refusal(_ room: String, _ asker: String? = nil, minute: Int = 0) -> RefusalRow {
        RefusalRow(of: room, asker: asker, .notBooked, at: start.addingTimeInterval(Double(minute) * 60))
    }

    @Test("The oldest go first when there are more than are kept")
    func limit() async throws {
        let store = try ReservationStore.inMemory()
        for minute in 0..<7 { try await store.recordRefusals([refusal("blue", minute: minute)], keeping: 5) }
        let kept = try await store.refusals(of: nil, since: .distantPast)
        #expect(kept.map(\.minute) == (2..<7).map { start.addingTimeInterval(Double($0) * 60) })
    }

    @Test("They are found by room and time")
    func found() async throws {
        let store = try ReservationStore.inMemory()
        try await store.recordRefusals([refusal("Blue"), refusal("red", minute: 5), refusal("blue", minute: 9)])
        #expect(try await store.refusals(of: RoomName("BLUE"), since: .distantPast).count == 2)
        #expect(try await store.refusals(of: nil, since: start.addingTimeInterval(300)).map(\.room) == ["red", "blue"])
    }

    @Test("Who asked is forgotten before that somebody asked is")
    func forgotten() async throws {
        let store = try ReservationStore.inMemory()
        let askers = ["ann@example.org", "ben@example.org", nil]
        try await store.recordRefusals(askers.map { refusal("blue", $0) })
        #expect(try await store.purge(endedBefore: start, personalBefore: start.addingTimeInterval(60)) == 2)
        #expect(try await store.refusals(of: nil, since: .distantPast).map(\.asker) == [nil, nil, ""])
        #expect(try await store.purge(endedBefore: start.addingTimeInterval(60), personalBefore: start) == 3)
        #expect(try await store.refusals(of: nil, since: .distantPast).isEmpty)
    }

    @Test("A room or an asker without end is cut")
    func long() {
        let row = refusal(String(repeating: "\u{1}", count: 20_000), String(repeating: "a", count: 20_000))
        #expect(row.room.count == 255 && row.asker?.count == 255)
    }
}
