import Logging
import Reservations
import Synchronization
import TestSupport
import Testing

@testable import ReservationStore
@testable import Synchronizer

@Suite("What the synchronizers of one service share", .timeLimit(.minutes(1)))
struct SharedWorkTests {
    @Test("A new store waits for others as long as they go on, and for no silent one")
    func goingOn() {
        let shared = SharedWork(attempts: .none, groups: 2)
        #expect(shared.start.isWaiting(forOthersThan: 0, at: .seconds(14)))
        #expect(!shared.start.isWaiting(forOthersThan: 0, at: .seconds(15)))
        #expect(shared.start.isWaiting(forOthersThan: 1, at: .seconds(1_000)), "a large import of local files")
        shared.start.noteStep(of: 1, at: .seconds(20))
        #expect(shared.start.isWaiting(forOthersThan: 0, at: .seconds(34)))
        shared.start.noteDone(1)
        shared.start.noteStep(of: 1, at: .seconds(34))
        #expect(!shared.start.isWaiting(forOthersThan: 0, at: .seconds(34)))
    }

    @Test("Turns come one after the other, and after one that fails too")
    func turns() async {
        let turns = Turns()
        let running = Running()
        await withDiscardingTaskGroup { group in
            for number in 0..<20 {
                group.addTask {
                    do {
                        try await turns.run {
                            running.begin()
                            for _ in 0..<10 { await Task.yield() }
                            running.end()
                            if number.isMultiple(of: 3) { throw CancellationError() }
                        }
                    } catch {
                        // As it was told to.
                    }
                }
            }
        }
        #expect(running.counts == [0, 1, 20])
    }

    @Test("Whoever is asked to stop waits for no turn, and takes none")
    func cancelled() async throws {
        let turns = Turns()
        try await turns.take()
        let waiting = (0..<20).map { number in
            Task {
                if number.isMultiple(of: 2) { unsafe withUnsafeCurrentTask { unsafe $0?.cancel() } }
                try await turns.run {}
            }
        }
        for task in waiting { task.cancel() }
        for task in waiting { await #expect(throws: CancellationError.self) { try await task.value } }
        await turns.give()
        try await turns.run {}
    }

    @Test("Suspects of several sources take turns, and a pass blames nothing before its own")
    func suspects() async throws {
        let files = try TemporaryDirectory()
        let attempts = try Attempts(besideStore: "\(files.path)/store")
        let shared = SharedWork(attempts: attempts, groups: 2)
        let running = Running()
        let suspects = Running()
        await withDiscardingTaskGroup { group in
            for number in 0..<10 {
                group.addTask {
                    do {
                        try await shared.turns.decide(["\(number)"], areSuspect: number < 9, Logger(label: "test")) {
                            running.begin()
                            if number < 9 { suspects.begin() }
                            for other in 0..<10 {
                                await Task.yield()
                                let ends = try AttemptLog(path: "\(files.path)/store.deciding")
                                #expect(ends.attempts(at: "\(other)") == (other == number ? 1 : 0))
                            }
                            if number < 9 { suspects.end() }
                            running.end()
                        }
                        if number < 9 {
                            try await shared.turns.suspects.run {
                                for _ in 0..<10 {
                                    #expect(suspects.counts[0] == 0)
                                    await Task.yield()
                                }
                            }
                        }
                    } catch {
                        Issue.record(error)
                    }
                }
            }
        }
        #expect(running.counts == [0, 1, 10])
    }

    @Test("The disks of this machine are asked about what is held as soon as a remote source holds something")
    func held() async throws {
        let local = Wakes()
        let shared = SharedWork(attempts: .none, groups: 2, local: local)
        var woken = local.stream.makeAsyncIterator()
        let loss = HeldSource(SourceRemovals(source: "far", reason: .mostOfSource, lost: 3, before: 3))
        #expect(shared.held.note(loss, ofSource: "far") == nil)
        await woken.next()
        #expect(!shared.held.isEmpty)
        #expect(shared.held.note(nil, ofSource: "far") == loss)
        #expect(shared.held.isEmpty)
    }
}

/// How many run now, ran at most, and have run.
private final class Running: Sendable {
    private let state = Mutex([0, 0, 0])

    var counts: [Int] { state.withLock(\.self) }

    func begin() { state.withLock { $0 = [$0[0] + 1, max($0[1], $0[0] + 1), $0[2]] } }

    func end() { state.withLock { $0 = [$0[0] - 1, $0[1], $0[2] + 1] } }
}
