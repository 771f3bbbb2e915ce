import Foundation
import GRDB
import TestSupport
import Testing

@testable import ConferenceAPI
@testable import ReservationStore

@Suite("A store that does not answer")
struct StoreDeskTests {
    @Test("A question to a writer that is held is given up after 4 s, and is done when the writer is free")
    func heldWriter() async throws {
        let clock = ManualClock()
        let desk = StoreDesk(clock: clock)
        let store = try ReservationStore.inMemory()
        async let running: Void = desk.run()

        let gate = DispatchSemaphore(value: 0)
        let (held, holding) = AsyncStream<Void>.makeStream()
        async let holder: Void = store.database.write { _ in
            holding.yield()
            gate.wait()
        }
        _ = await held.first { true }
        let answer = Task { try await desk.ask { try await store.closeConference(99, at: .distantPast) } }
        await clock.waitForSleeper()
        clock.advance(by: .seconds(4))
        await #expect(throws: Rejection.self) { try await answer.value }

        gate.signal()
        try await holder
        #expect(try await desk.ask { try await store.closeConference(99, at: .distantPast) } == .unknown)
        desk.close()
        await running
    }

    @Test("Questions that were given up count until they are done, and there are never more than the limit")
    func limit() async throws {
        let clock = ManualClock()
        let desk = StoreDesk(clock: clock, limit: 1)
        async let running: Void = desk.run()
        let (gate, open) = AsyncStream<Never>.makeStream()
        let stuck = Task { try await desk.ask { for await _ in gate {} } }
        await clock.waitForSleeper()
        clock.advance(by: .seconds(4))
        await #expect(throws: Rejection.self) { try await stuck.value }
        await #expect(throws: Rejection.self) { try await desk.ask { true } }
        open.finish()
        desk.close()
        await running
        await #expect(throws: Rejection.self) { try await desk.ask { true } }
    }

    @Test("Questions are asked on threads that may wait, where there are such")
    func threads() async throws {
        let threads = OneThread()
        let desk = StoreDesk(clock: ManualClock(), threads: threads)
        async let running: Void = desk.run()
        #expect(try await desk.ask { threads.isCurrent })
        #expect(!threads.isCurrent)
        desk.close()
        await running
    }

    @Test("What the store throws is thrown, and an answer in time is the answer")
    func inTime() async throws {
        let desk = StoreDesk(clock: ManualClock())
        async let running: Void = desk.run()
        #expect(try await desk.ask { 1 } == 1)
        await #expect(throws: StoreError.self) {
            try await desk.ask { throw StoreError.cannotOpen(path: "", reason: "") }
        }
        desk.close()
        await running
    }
}

/// A thread as an executor of tasks.
private final class OneThread: TaskExecutor {
    private static let key = DispatchSpecificKey<Bool>()
    private let queue = DispatchQueue(label: "one thread")

    init() { queue.setSpecific(key: Self.key, value: true) }

    var isCurrent: Bool { DispatchQueue.getSpecific(key: Self.key) == true }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { unsafe job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
