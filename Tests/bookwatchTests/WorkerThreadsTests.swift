import Foundation
import Synchronization
import Testing

@testable import bookwatch

@Suite("Threads for long work")
struct WorkerThreadsTests {
    private static func threadName() -> String { Thread.current.name ?? "" }

    @Test("Work that prefers them stays on them, with all that it starts and after each pause")
    func preference() async {
        let names = await withTaskGroup { group in
            group.addTask(executorPreference: WorkerThreads(count: 2)) {
                var names = [Self.threadName()]
                await Task.yield()
                names.append(Self.threadName())
                async let child = Self.threadName()
                names.append(await child)
                return names
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
        #expect(names.count == 3)
        #expect(names.allSatisfy { $0.hasPrefix("worker-") }, "\(names)")
        #expect(!Self.threadName().hasPrefix("worker-"))
    }

    @Test("As many jobs run side by side as there are threads")
    func sideBySide() async {
        let meeting = Meeting(of: 3)
        let numbers = await withTaskGroup { group in
            let workers = WorkerThreads(count: 3)
            for _ in 0..<3 { group.addTask(executorPreference: workers) { meeting.attend() } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(numbers.sorted() == [1, 2, 3])
    }
}

/// Nobody leaves before all have come.
private final class Meeting: Sendable {
    private let seats: Int
    private let present = Mutex(0)
    private let full = DispatchSemaphore(value: 0)

    init(of seats: Int) { self.seats = seats }

    /// Answers who has come as which, from 1.
    func attend() -> Int {
        let number = present.withLock { present in
            present += 1
            return present
        }
        if number < seats { full.wait() } else { for _ in 1..<seats { full.signal() } }
        return number
    }
}
