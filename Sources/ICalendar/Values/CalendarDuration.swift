/// A DURATION (RFC 5545 §3.3.6): nominal days, then exact seconds. `P1D` across a change of the clock keeps the time on
/// the wall; `PT24H` does not.
public struct CalendarDuration: Hashable, Sendable {
    /// Nominal days, weeks included; negative for a negative duration.
    public var days: Int
    /// Exact seconds; of the same sign as `days`.
    public var seconds: Int

    /// A length of days on the wall and then of exact seconds; both may be negative.
    public init(days: Int = 0, seconds: Int = 0) {
        self.days = days
        self.seconds = seconds
    }
}
