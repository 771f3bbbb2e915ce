import Diagnostics
import Foundation
import Reservations
import Synchronization
import Testing

@testable import ReservationStore

@Suite("What monitoring asks the store")
struct MetricsTests {
    @Test("What is held, what cannot be used and what is wrong with directories is counted by source")
    func counts() async throws {
        let store = try ReservationStore.inMemory()
        #expect(try await store.metrics() == StoreMetrics())
        try await store.noteWatched(["s": "/exports", "other": "/others"])
        let all = try (0..<6).map { try booking("u\($0)", hour: Double($0)) }
        _ = try await store.apply(
            ExportChange(
                ExportName(source: "s", path: "a.ics"), .content(all, absent: .withdrawn), digest: "1", reader: "1"))
        _ = try await store.apply(
            ExportChange(
                ExportName(source: "s", path: "a.ics"), .content([], absent: .withdrawn), digest: "2", reader: "1"),
            ExportChange(
                ExportName(source: "s", path: "b.ics"), .unusable, digest: "3", reader: "1",
                diagnostics: [Diagnostic(.truncated, "cut off")]))
        try await store.note([Diagnostic(.stale, "no news")], ofSource: "other")
        _ = try await store.admit("blue", minutes: 5, policy: unbooked)

        let metrics = try await store.metrics()
        #expect(metrics.sources["s"] == StoreMetrics.Source(held: 6, unusable: 1))
        #expect(metrics.sources["other"] == StoreMetrics.Source(faults: ["SRC008": 1]))
        #expect(metrics.openConferences == 1 && metrics.passedAt != nil && !metrics.isDamaged)
    }

    @Test("An export that is just being written is not unusable")
    func staged() async throws {
        let store = try ReservationStore.inMemory()
        _ = try await store.apply(change("a.ics", try booking("a")))
        _ = try await store.stage([change("b.ics", try booking("b"))], policy: ConflictPolicy(), at: ten)
        #expect(try await store.metrics().sources.values.allSatisfy { $0.unusable == 0 })
    }

    @Test("A damaged store is not asked")
    func damaged() async throws {
        let store = try ReservationStore.inMemory()
        store.damage.withLock { $0 = "a page" }
        var expected = StoreMetrics()
        expected.isDamaged = true
        #expect(try await store.metrics() == expected)
    }
}
