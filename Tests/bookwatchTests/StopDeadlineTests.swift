import Foundation
import ServiceLifecycle
import Synchronization
import TestSupport
import Testing

@testable import bookwatch

@Suite("An end that does not wait for ever")
struct StopDeadlineTests {
    /// What a deadline asks the system for.
    private final class System: Sendable {
        struct Call: Sendable {
            let after: Duration
            let body: @Sendable () -> Void
        }

        private let state = Mutex((calls: [Call](), words: [[String]](), ends: [[String]](), failures: 0))

        func deadline() -> StopDeadline {
            StopDeadline(
                later: { [self] after, body in state.withLock { $0.calls.append(Call(after: after, body: body)) } },
                lastWords: { [self] left in state.withLock { $0.words.append(left.services) } },
                exit: { [self] left in
                    state.withLock {
                        $0.ends.append(left.services)
                        $0.failures += left.failure == nil ? 0 : 1
                    }
                })
        }

        var calls: [Call] { state.withLock(\.calls) }
        var words: [[String]] { state.withLock(\.words) }
        var ends: [[String]] { state.withLock(\.ends) }
        var failures: Int { state.withLock(\.failures) }
    }

    private struct Failure: Error {}

    private struct Ends: Service {
        let body: @Sendable () async throws -> Void

        func run() async throws { try await body() }
    }

    private let system = System()

    @Test("Ten seconds after the end has begun what has not ended is told, and the process ends")
    func left() async throws {
        let deadline = system.deadline()
        deadline.noteStart(of: "sources")
        let service = LimitedService(name: "server", service: Ends { deadline.begin() }, deadline: deadline)
        #expect(system.calls.isEmpty)
        try await service.run()
        deadline.begin()
        #expect(system.calls.map(\.after) == [.seconds(10)])
        #expect(system.ends.isEmpty)
        try #require(system.calls.first).body()
        #expect(system.words == [["sources"]])
        #expect(system.ends == [["sources"]])
        #expect(system.failures == 0)
    }

    @Test("A process whose last words are never said ends a second later")
    func silenced() throws {
        let deadline = system.deadline()
        deadline.begin()
        try #require(system.calls.first).body()
        #expect(system.calls.map(\.after) == [.seconds(10), .seconds(1)])
        try #require(system.calls.last).body()
        #expect(system.ends == [[], []])
    }

    @Test("A service that fails begins the end, which remembers why; one that fails later does not count")
    func failure() async throws {
        for isFirst in [true, false] {
            let system = System()
            let deadline = system.deadline()
            if !isFirst { deadline.begin() }
            let service = LimitedService(name: "server", service: Ends { throw Failure() }, deadline: deadline)
            await #expect(throws: Failure.self) { try await service.run() }
            try #require(system.calls.first).body()
            #expect(system.failures == (isFirst ? 1 : 0))
        }
    }
}
