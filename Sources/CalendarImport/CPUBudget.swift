import Foundation
import Reservations

/// How much of the processor an export may use for its rules (design: ingest, "Limits").
struct CPUBudget {
    private let time: @Sendable () -> Duration
    private let end: Duration
    /// Single entries that are taken before the time is asked for again.
    private var singlesLeft = 0

    /// Begins now.
    ///
    /// - Parameter time: the processor time that this thread has used.
    init(bytes: Int, limits: ImportLimits, time: @escaping @Sendable () -> Duration) {
        self.time = time
        end = time() + limits.cpu + limits.cpuPerMebibyte * (Double(bytes) / Double(1 << 20))
    }

    var isSpent: Bool { time() > end }

    /// Whether it is spent, as far as it is known: to ask for the time is a call of the system. A single entry takes
    /// microseconds, so that of those only one in so many asks; a series that recurs may take long, and always asks,
    /// and so does what comes after it.
    mutating func isSpent(before series: SeriesOfEntries) -> Bool {
        if series.isSingle, singlesLeft > 0 {
            singlesLeft -= 1
            return false
        }
        singlesLeft = 0
        guard !isSpent else { return true }
        if series.isSingle { singlesLeft = Self.singlesBetween }
        return false
    }

    private static let singlesBetween = 31
}

extension ExportReader {
    /// The processor time that this thread has used; an export is read by one thread.
    package static let threadTime: @Sendable () -> Duration = {
        var time = timespec()
        guard unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time) == 0 else { return .zero }
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}
