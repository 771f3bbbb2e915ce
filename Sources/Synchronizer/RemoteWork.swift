import Diagnostics
import Logging
import ReservationStore

/// The work on one source on another machine, which may not answer for hours: a task that nobody waits for.
struct RemoteWork<Time: Clock>: Sendable where Time.Duration == Duration {
    private let source: WatchedSource
    private let task: Task<Void, Never>
    private let look: LookWatch
    private let clock: Time
    private let start: Time.Instant

    private static var checkInterval: Duration { .seconds(10) }
    /// What is being written is mostly done by then.
    private static var patience: Duration { .seconds(2) }

    /// - Parameter work: ends when it is cancelled, as soon as the directory answers.
    init(
        of source: WatchedSource, on threads: (any TaskExecutor)?, clock: Time,
        work: @escaping @Sendable (LookWatch) async -> Void
    ) {
        self.source = source
        self.clock = clock
        start = clock.now
        let look = LookWatch(wakes: Wakes())
        self.look = look
        task = Task(executorPreference: threads) { await work(look) }
    }

    /// Tells, once, of a look that does not come to its end; until it is cancelled.
    func watch(_ store: ReservationStore, _ logger: Logger) async {
        var patience = LookPatience()
        while !Task.isCancelled {
            do { try await clock.sleep(for: Self.checkInterval) } catch { return }
            if patience.isOver(after: look.length(at: start.duration(to: clock.now))) { await tell(store, logger) }
        }
    }

    private func tell(_ store: ReservationStore, _ logger: Logger) async {
        let finding = Diagnostic(
            .unreadable,
            "has not answered for \(LookPatience.longest.components.seconds) seconds; what it has booked stays")
        logger.warning(
            "a source does not answer",
            metadata: [
                "source": "\(source.name)", "code": "\(finding.code.rawValue)", "reason": "\(finding.message)",
            ])
        do {
            // The next scan tells what it finds instead.
            try await store.note([finding], ofSource: source.name)
        } catch {
            logger.warning("the store does not take what is wrong with a source", metadata: ["error": "\(error)"])
        }
    }

    /// Asks the work to end, and waits a moment for it.
    func end() async {
        task.cancel()
        let (ended, continuation) = AsyncStream.makeStream(of: Void.self)
        Task {
            await task.value
            continuation.finish()
        }
        Task {
            do { try await clock.sleep(for: Self.patience) } catch { return }
            continuation.finish()
        }
        // Whoever calls may be cancelled, and with it what it waits for.
        await Task { for await _ in ended {} }.value
    }
}
