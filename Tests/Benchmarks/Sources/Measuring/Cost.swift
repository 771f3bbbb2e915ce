import Foundation
public import Glibc

/// What work has cost: processor time, user and system together, and the most memory that its process has held.
///
/// Differences of elapsed time mean little on a shared machine, so that none is taken.
public struct Cost: Sendable {
    public var cpuSeconds: Double
    public var peakBytes: Int

    public init(cpuSeconds: Double, peakBytes: Int) {
        self.cpuSeconds = cpuSeconds
        self.peakBytes = peakBytes
    }

    public init(_ usage: rusage) {
        cpuSeconds = Self.seconds(usage.ru_utime) + Self.seconds(usage.ru_stime)
        peakBytes = usage.ru_maxrss * 1_024
    }

    private static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }

    /// Of this process until now.
    public static func ofSelf() -> Cost {
        var usage = rusage()
        unsafe getrusage(RUSAGE_SELF.rawValue, &usage)
        return Cost(usage)
    }

    /// What `work` costs in this process; the memory is the most that the process has held so far.
    public static func of(_ work: () throws -> Void) rethrows -> Cost {
        let begin = ofSelf()
        try work()
        var cost = ofSelf()
        cost.cpuSeconds -= begin.cpuSeconds
        return cost
    }

    /// The medians of both, each for itself.
    public static func median(_ costs: [Cost]) -> Cost {
        Cost(cpuSeconds: middle(costs.map(\.cpuSeconds)) ?? 0, peakBytes: middle(costs.map(\.peakBytes)) ?? 0)
    }

    private static func middle<Number: Comparable>(_ numbers: [Number]) -> Number? {
        numbers.isEmpty ? nil : numbers.sorted()[numbers.count / 2]
    }
}

extension Cost: CustomStringConvertible {
    public var description: String { String(format: "%.3f s", cpuSeconds) + ", \(peakBytes / 1_000_000) MB of memory" }
}
