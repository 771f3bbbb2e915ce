import Logging
import ReservationStore
import ServiceLifecycle
import Synchronization

/// Writes refusals behind the answers: a second's worth in one transaction, coalesced, so that no answer waits for one.
///
/// Those of the last second are lost by kill -9; no promise depends on them.
final class RefusalLog: Service {
    /// How long refusals are gathered.
    static let batch = Duration.seconds(1)
    /// Kinds of refusals that wait to be written, at the most; more than these are counted and told, and not kept.
    static let limit = 10_000

    private struct Pending {
        var rows: [[String]: RefusalRow] = [:]
        var lost = 0
    }

    private let store: ReservationStore
    private let clock: any Clock<Duration>
    private let logger: Logger
    private let pending = Mutex(Pending())
    private let (wakings, waking) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
    private let (closing, closed) = AsyncStream<Never>.makeStream()

    init(store: ReservationStore, clock: any Clock<Duration>, logger: Logger) {
        self.store = store
        self.clock = clock
        self.logger = logger
    }

    /// Returns at once.
    func note(_ refusal: RefusalRow) {
        pending.withLock { pending in Self.add(refusal, to: &pending) }
        waking.yield()
    }

    /// Ends after `close()`, when everything that was noted is written.
    func run() async {
        for await _ in wakings {
            await gather()
            await write()
        }
        await write()
    }

    func close() {
        waking.finish()
        closed.finish()
    }

    /// Until the batch is full, or nobody will add to it any more.
    private func gather() async {
        await withTaskGroup { group in
            group.addTask { [clock] in
                do {
                    try await clock.sleep(for: Self.batch)
                } catch {
                    return  // cancelled: what is there is written now
                }
            }
            group.addTask { [closing] in for await _ in closing {} }
            await group.next()
            group.cancelAll()
        }
    }

    private func write() async {
        let batch = pending.withLock { pending in
            defer { pending = Pending() }
            return pending
        }
        if batch.lost > 0 { logger.warning("refusals not recorded", metadata: ["count": "\(batch.lost)"]) }
        guard !batch.rows.isEmpty else { return }
        let rows = batch.rows.values.sorted { ($0.firstAt, $0.room) < ($1.firstAt, $1.room) }
        do {
            try await store.recordRefusals(rows)
        } catch {
            // They are written with the next ones: the store may be full or busy for a while.
            logger.warning("refusals wait", metadata: ["count": "\(rows.count)", "error": "\(error)"])
            pending.withLock { pending in
                for row in rows { Self.add(row, to: &pending) }
            }
        }
    }

    private static func add(_ refusal: RefusalRow, to pending: inout Pending) {
        let key = refusal.key
        if pending.rows[key] != nil {
            pending.rows[key]?.add(refusal)
        } else if pending.rows.count < limit {
            pending.rows[key] = refusal
        } else {
            pending.lost += refusal.count
        }
    }
}
