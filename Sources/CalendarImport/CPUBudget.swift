import Foundation
import ICalendar
import Reservations

/// How much of the processor an export may use for its rules (design: ingest, "Limits").
struct CPUBudget {
    private let time: @Sendable () -> Duration
    private let end: Duration
    /// What may be taken before the time is asked for again, in single entries.
    private var left = 0

    /// Begins now.
    ///
    /// - Parameter time: the processor time that this thread has used.
    init(bytes: Int, limits: ImportLimits, time: @escaping @Sendable () -> Duration) {
        self.time = time
        end = time() + limits.cpu + limits.cpuPerMebibyte * (Double(bytes) / Double(1 << 20))
    }

    var isSpent: Bool { time() > end }

    /// Whether it is spent, as far as it is known: to ask for the time is a call of the system. A single entry takes
    /// microseconds and a rule up to some milliseconds, so that the time is asked for once in so many; what may take
    /// long always asks, and so does what comes after it.
    mutating func isSpent(before series: SeriesOfEntries) -> Bool {
        let cost = min(series.cost, Self.askedAfter)
        guard cost > left else {
            left -= cost
            return false
        }
        left = 0
        guard !isSpent else { return true }
        left = Self.askedAfter - cost
        return false
    }

    private static let askedAfter = 32
}

extension SeriesOfEntries {
    /// How long it may take, compared with a single entry.
    fileprivate var cost: Int {
        guard overrides.isEmpty, superseded.isEmpty, let master, master.event.recurrenceDates.isEmpty else {
            return .max
        }
        guard !master.event.rules.isEmpty else { return 1 }
        return master.event.rules.count == 1 && master.event.exceptionRules.isEmpty ? 8 : .max
    }
}

extension ExportReader {
    /// The processor time that this thread has used; an export is read by one thread.
    package static let threadTime: @Sendable () -> Duration = {
        var time = timespec()
        guard unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time) == 0 else { return .zero }
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}
