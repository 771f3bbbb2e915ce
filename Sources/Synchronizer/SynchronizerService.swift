package import DirectoryWatch
package import Foundation
package import Logging
package import ReservationStore
package import Reservations
import ServiceLifecycle

/// Keeps the store equal to the exports: waits for hints, looks, reads what has settled, runs a pass.
///
/// A directory on another machine may not answer for hours: what looks at it has threads of its own, and nobody waits
/// for it, neither other sources nor whoever asks the service to end.
package struct SynchronizerService<Time: Clock>: Service where Time.Duration == Duration {
    let sources: [WatchedSource]
    let store: ReservationStore
    let policy: ConflictPolicy
    let admission: AdmissionPolicy
    /// How far ahead of today recurring bookings are expanded.
    let horizon: Duration
    let attempts: Attempts
    let clock: Time
    let now: @Sendable () -> Date
    let logger: Logger
    /// Those on which a source is looked at, by name, that may take them for hours.
    let threads: @Sendable (_ source: String) -> (any TaskExecutor)?
    private let fileSystem: @Sendable (String) -> FileSystemKind

    package init(
        sources: [WatchedSource], store: ReservationStore, policy: ConflictPolicy,
        admission: AdmissionPolicy, horizon: Duration, attempts: Attempts = .none, clock: Time,
        now: @escaping @Sendable () -> Date, logger: Logger,
        threads: @escaping @Sendable (_ source: String) -> (any TaskExecutor)? = { _ in nil },
        fileSystem: @escaping @Sendable (String) -> FileSystemKind = FileSystemKind.of
    ) {
        self.sources = sources
        self.store = store
        self.policy = policy
        self.admission = admission
        self.horizon = horizon
        self.attempts = attempts
        self.clock = clock
        self.now = now
        self.logger = logger
        self.threads = threads
        self.fileSystem = fileSystem
    }

    /// Ends when it is asked to. Whatever goes wrong with a source, the store or the reports is told and tried again.
    package func run() async {
        await cancelWhenGracefulShutdown {
            var known: [String: FileSystemKind] = [:]
            // Once more where a source lies on another kind of file system than it did.
            repeat { known.merge(await work(known)) { _, new in new } } while !Task.isCancelled
        }
        do {
            try attempts.takeBackUnfinished()
        } catch {
            logger.warning("attempts at contents are not taken back", metadata: ["error": "\(error)"])
        }
    }

    /// Ends when it is cancelled, or when it has found out, of some roots, that they lie elsewhere than is `known`.
    private func work(_ known: [String: FileSystemKind]) async -> [String: FileSystemKind] {
        let groups = await SourceGroups(of: sources, known: known, clock: clock, fileSystem: fileSystem)
        let local = Wakes()
        let shared = SharedWork(attempts: attempts, groups: 1 + groups.remote.count, local: local)
        let remote = groups.remote.enumerated().map { number, source in
            RemoteWork(of: source, on: threads(source.name), clock: clock) { watch in
                await work(on: [source], group: number + 1, shared, waking: watch)
            }
        }
        await withDiscardingTaskGroup { group in
            group.addTask { await listen(to: groups.local.map(\.root), local) }
            group.addTask { await waitForConferenceEnds(local) }
            for work in remote { group.addTask { await work.watch(store, logger) } }
            await work(on: groups.local, group: 0, shared, waking: LookWatch(wakes: local))
            group.cancelAll()
        }
        await withDiscardingTaskGroup { group in
            for work in remote { group.addTask { await work.end() } }
        }
        return shared.moves.kinds
    }

    /// Ends when it is cancelled, or when the sources are to be grouped anew.
    private func work(on sources: [WatchedSource], group: Int, _ shared: SharedWork, waking look: LookWatch) async {
        let start = clock.now
        let wakes = look.wakes
        var synchronizer = Synchronizer(
            self, sources, group: group, sharing: shared, watchedBy: look, fileSystem: fileSystem)
        var timer: (deadline: Duration, task: Task<Void, Never>)?
        defer { timer?.task.cancel() }
        wakes.wake()
        for await _ in wakes.stream {
            let next = await synchronizer.step(wakes.takeHints(), today: now()) { start.duration(to: clock.now) }
            guard shared.moves.isEmpty else { return }
            // One timer that is early enough serves all later deadlines: whoever wakes computes the next one.
            if let armed = timer, armed.deadline > start.duration(to: clock.now), armed.deadline <= next { continue }
            timer?.task.cancel()
            timer = (next, Task { await wake(wakes, at: start.advanced(by: next)) })
        }
    }

    private func wake(_ wakes: Wakes, at instant: Time.Instant) async {
        do {
            try await clock.sleep(until: instant, tolerance: .milliseconds(5))
            wakes.wake()
        } catch {
            // Something is due earlier, or somebody has asked to stop.
        }
    }

    /// Hints from the kernel; without them the scans find every change, only later.
    private func listen(to roots: [WatchedRoot], _ wakes: Wakes) async {
        while !Task.isCancelled {
            do throws(SourceFault) {
                for await changes in try DirectoryChanges(of: roots) { wakes.wake(with: changes) }
            } catch {
                // Others may have all that there is for this user, and give it back.
                wakes.wake(with: roots.map { .everything(root: $0.path, cause: .unwatched(error)) })
                await pause(.seconds(60))
            }
        }
    }

    private func pause(_ duration: Duration) async {
        do {
            try await clock.sleep(for: duration)
        } catch {
            // Asked to stop while waiting.
        }
    }

    /// A conference that has ended lets waiting changes of its booking apply, whoever has brought them.
    private func waitForConferenceEnds(_ wakes: Wakes) async {
        for await _ in store.conferenceEnds.listen() { wakes.wake() }
    }
}
