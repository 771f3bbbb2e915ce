import Foundation
import Reservations

/// How much of the processor an export may use for its rules (design: ingest, "Limits").
struct CPUBudget {
    private let time: @Sendable () -> Duration
    private let end: Duration

    /// Begins now.
    ///
    /// - Parameter time: the processor time that this thread has used.
    init(bytes: Int, limits: ImportLimits, time: @escaping @Sendable () -> Duration) {
        self.time = time
        end = time() + limits.cpu + limits.cpuPerMebibyte * (Double(bytes) / Double(1 << 20))
    }

    var isSpent: Bool { time() > end }
}

extension ExportReader {
    /// The processor time that this thread has used; an export is read by one thread.
    package static let threadTime: @Sendable () -> Duration = {
        var time = timespec()
        guard unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time) == 0 else { return .zero }
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}
