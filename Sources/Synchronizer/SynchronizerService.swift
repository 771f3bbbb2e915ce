import DirectoryWatch
package import Foundation
package import Logging
package import ReservationStore
package import Reservations
import ServiceLifecycle

/// Keeps the store equal to the exports: waits for hints, looks, reads what has settled, runs a pass.
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

    package init(
        sources: [WatchedSource], store: ReservationStore, policy: ConflictPolicy,
        admission: AdmissionPolicy, horizon: Duration, attempts: Attempts = .none, clock: Time,
        now: @escaping @Sendable () -> Date, logger: Logger
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
    }

    /// Ends when it is asked to. Whatever goes wrong with a source, the store or the reports is told and tried again.
    package func run() async {
        let wakes = Wakes()
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                group.addTask { await listen(wakes) }
                group.addTask { await waitForConferenceEnds(wakes) }
                await work(wakes, in: &group)
                group.cancelAll()
            }
        }
    }

    private func work(_ wakes: Wakes, in group: inout DiscardingTaskGroup) async {
        let start = clock.now
        var synchronizer = Synchronizer(self)
        var armed: Duration?
        wakes.wake()
        for await _ in wakes.stream {
            if let deadline = armed, deadline <= start.duration(to: clock.now) { armed = nil }
            let next = await synchronizer.step(wakes.takeHints(), today: now()) { start.duration(to: clock.now) }
            // One timer that is early enough serves all later deadlines: whoever wakes computes the next one.
            guard armed.map({ next < $0 }) ?? true else { continue }
            armed = next
            group.addTask {
                do {
                    try await clock.sleep(until: start.advanced(by: next), tolerance: .milliseconds(5))
                    wakes.wake()
                } catch {
                    // Asked to stop while waiting.
                }
            }
        }
    }

    /// Hints from the kernel; without them the scans find every change, only later.
    private func listen(_ wakes: Wakes) async {
        let roots = sources.map(\.root).filter { FileSystemKind.of($0.path).givesEvents }
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

    /// A conference that has ended lets waiting changes of its booking apply.
    private func waitForConferenceEnds(_ wakes: Wakes) async {
        for await _ in store.conferenceEnds.listen() { wakes.wake() }
    }
}
