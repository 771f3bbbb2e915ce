import Foundation

/// Whether the wall clock can be believed: it leaps when somebody sets it, and may be set back soon.
struct SteadyClock {
    /// After a leap, nothing is closed, written off or purged by the wall clock for this long.
    static let distrust = Duration.seconds(3_600)
    /// Clocks that are disciplined by NTP drift by less than this between two looks.
    static let tolerance = 60.0

    private var last: (wall: Date, elapsed: Duration)?
    private var leapt: Duration?

    /// Takes in the time; answers whether the wall clock leapt just now.
    ///
    /// - Parameter elapsed: monotonic time since any fixed moment.
    mutating func leaps(to wall: Date, elapsed: Duration) -> Bool {
        defer { last = (wall, elapsed) }
        guard let last else { return false }
        let expected = last.wall.addingTimeInterval((elapsed - last.elapsed) / .seconds(1))
        guard abs(wall.timeIntervalSince(expected)) > Self.tolerance else { return false }
        leapt = elapsed
        return true
    }

    /// Takes in the time of a start; answers whether the wall clock is far from what was noted last, and may be set
    /// soon: behind it, or more than a day ahead.
    mutating func isStrange(at wall: Date, after noted: Date?, elapsed: Duration) -> Bool {
        last = (wall, elapsed)
        guard let noted else { return false }
        let ahead = wall.timeIntervalSince(noted)
        guard ahead < -Self.tolerance || ahead > 86_400 else { return false }
        leapt = elapsed
        return true
    }

    func isTrusted(elapsed: Duration) -> Bool {
        leapt.map { elapsed - $0 >= Self.distrust } ?? true
    }
}
