/// How far an expansion goes before the series is given up.
public struct RecurrenceLimits: Hashable, Sendable {
    /// Times that one rule tries from the window's start on, fitting or not.
    public var candidatesPerRule = 100_000
    /// RRULEs and EXRULEs of one series, each counted once more for every override with RANGE=THISANDFUTURE.
    public var rules = 100
    /// Occurrences of one series in the window.
    public var occurrences = 5_000
    /// Times that a rule with COUNT is stepped through to get from its start to the window.
    public var stepsBeforeWindow = 400_000

    /// The limits that suit a booking system; each can be changed.
    public init() {}
}
