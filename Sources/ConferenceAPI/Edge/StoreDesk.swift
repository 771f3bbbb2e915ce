import HTTPTypes
import Logging
import ServiceLifecycle
import Synchronization

/// Runs what requests ask of the store, and lets nobody wait for an answer longer than `patience`.
///
/// Prosody repeats a call that was answered 503, and gives up one that was not answered. A writer that is held by a
/// long transaction or by a stuck disk cannot be called back, so what was asked goes on after the 503. That does no
/// harm: a POST that opens its conference late is answered 409 with its id when it is repeated, a DELETE 204; a late
/// GET tells nobody anything, and a 409's mark that it removes matters for 10 s only.
final class StoreDesk: Service {
    /// Below the 5 s that are promised, and above the 3 s that SQLite waits for a lock.
    static let patience = Duration.seconds(4)
    /// Questions that may be with the store at once, those that were given up included.
    static let limit = 1_024

    static let tooSlow = Rejection(
        .serviceUnavailable, "The reservation system is busy. Please try again in a moment.")

    private typealias Question = @Sendable () async -> Void

    private let threads: (any TaskExecutor)?
    private let limit: Int
    private let waits: Waits
    private let asked = Mutex(0)
    private let questions: AsyncStream<Question>
    private let inbox: AsyncStream<Question>.Continuation

    /// - Parameter threads: that may wait for the store; `nil` for those that all tasks share.
    init(clock: any Clock<Duration>, threads: (any TaskExecutor)? = nil, limit: Int = limit) {
        self.threads = threads
        self.limit = limit
        waits = Waits(patience: Self.patience, clock: clock)
        (questions, inbox) = AsyncStream.makeStream()
    }

    /// Ends after `close()`, when everything that was asked has been done.
    func run() async {
        await withTaskGroup { group in
            group.addTask { [waits] in await waits.watch() }
            await withTaskExecutorPreference(threads) { await answerAll() }
            group.cancelAll()
        }
    }

    private func answerAll() async {
        await withDiscardingTaskGroup { group in
            for await question in questions { group.addTask { await question() } }
        }
    }

    func close() { inbox.finish() }

    /// Nobody answers before `run`, and nobody gives up before it either.
    /// - Throws: what `question` throws, or `tooSlow`.
    func ask<Answer: Sendable>(_ question: @escaping @Sendable () async throws -> Answer) async throws -> Answer {
        guard enter() else { throw Self.tooSlow }
        // Of the answer and the end of patience, the first counts.
        let (answers, answer) = AsyncStream<Result<Answer, any Error>>.makeStream(bufferingPolicy: .bufferingOldest(1))
        let wait = waits.begin { answer.yield(.failure(Self.tooSlow)) }
        defer { waits.end(wait) }
        let result = inbox.yield { [self] in
            do {
                answer.yield(.success(try await question()))
            } catch {
                answer.yield(.failure(error))
            }
            leave()
        }
        guard case .enqueued = result else {
            leave()
            throw Self.tooSlow
        }
        guard let first = await answers.first(where: { _ in true }) else { throw Self.tooSlow }
        return try first.get()
    }

    private func enter() -> Bool {
        asked.withLock { asked in
            guard asked < limit else { return false }
            asked += 1
            return true
        }
    }

    private func leave() { asked.withLock { $0 -= 1 } }
}
