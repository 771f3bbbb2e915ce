/// A RECUR value (RFC 5545 §3.3.10), each part as it is written; empty lists mean that the part is absent.
public struct RecurrenceRule: Hashable, Sendable {
    public enum Frequency: Int, Hashable, Sendable, CaseIterable {
        case secondly, minutely, hourly, daily, weekly, monthly, yearly
    }

    public enum End: Hashable, Sendable {
        case never
        /// The number of occurrences that the rule makes, DTSTART included; at least 1.
        case count(Int)
        /// The last instant, included, in whatever form it is written.
        case until(CalendarTime)
    }

    public struct WeekdayNumber: Hashable, Sendable {
        /// −53...53; 0 means every such day.
        public var ordinal: Int
        public var weekday: Weekday

        public init(ordinal: Int = 0, weekday: Weekday) {
            self.ordinal = ordinal
            self.weekday = weekday
        }
    }

    public var frequency: Frequency
    /// At least 1.
    public var interval = 1
    public var end = End.never
    /// 0...60.
    public var bySecond: [Int] = []
    /// 0...59.
    public var byMinute: [Int] = []
    /// 0...23.
    public var byHour: [Int] = []
    public var byDay: [WeekdayNumber] = []
    /// ±1...31.
    public var byMonthDay: [Int] = []
    /// ±1...366.
    public var byYearDay: [Int] = []
    /// ±1...53.
    public var byWeekNumber: [Int] = []
    /// 1...12.
    public var byMonth: [Int] = []
    /// ±1...366.
    public var bySetPosition: [Int] = []
    public var weekStart = Weekday.monday

    public init(frequency: Frequency) { self.frequency = frequency }
}

/// In the order of ISO 8601: Monday is 1.
public enum Weekday: Int, Hashable, Sendable, CaseIterable {
    case monday = 1, tuesday, wednesday, thursday, friday, saturday, sunday
}
