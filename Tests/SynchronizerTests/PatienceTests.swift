import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Synchronizer

@Suite("Asking what may never be answered")
struct PatienceTests {
    private let clock = ManualClock()

    private var patience: Patience { Patience(clock: clock, limit: .seconds(2)) }

    @Test("While the clock stands, all that is answered is waited for")
    func answered() async {
        #expect(await patience.answers(to: [1, 2, 3]) { $0 * $0 } == [1: 1, 2: 4, 3: 9])
        #expect(await patience.answers(to: Set<Int>()) { $0 } == [:])
    }

    @Test("What is not answered within the limit is missing, and what is beside it is not", .timeLimit(.minutes(1)))
    func unanswered() async {
        let (silence, answering) = (DispatchSemaphore(value: 0), AnsweringThread())
        defer { silence.signal() }
        async let answers = patience.answers(to: ["silent", "answers"]) { [silence] question in
            if question == "silent" { silence.wait() } else { answering.noteCurrent() }
            return question.count
        }
        await clock.waitForSleeper()
        // Its answer is given when it ends.
        while !answering.hasEnded { await Task.yield() }
        clock.advance(by: .seconds(1))
        clock.advance(by: .seconds(1))
        #expect(await answers == ["answers": 7])
    }
}

private final class AnsweringThread: Sendable {
    /// `/proc/PID/task/TID`, which is there for as long as it is.
    private let path = Mutex<String?>(nil)

    func noteCurrent() {
        let link = URL(fileURLWithPath: "/proc/thread-self", isDirectory: false)
        path.withLock { $0 = link.resolvingSymlinksInPath().path }
    }

    var hasEnded: Bool { path.withLock(\.self).map { !FileManager.default.fileExists(atPath: $0) } ?? false }
}
