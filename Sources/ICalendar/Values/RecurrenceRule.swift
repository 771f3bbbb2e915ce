/// A RECUR value (RFC 5545 §3.3.10), each part as it is written; empty lists mean that the part is absent.
public struct RecurrenceRule: Hashable, Sendable {
    /// FREQ: what a period of the rule is.
    public enum Frequency: Int, Hashable, Sendable, CaseIterable {
        /// A second, and so on up to a year.
        case secondly, minutely, hourly, daily, weekly, monthly, yearly
    }

    /// Where the rule ends.
    public enum End: Hashable, Sendable {
        /// Neither COUNT nor UNTIL.
        case never
        /// The number of occurrences that the rule makes, DTSTART included; at least 1.
        case count(Int)
        /// The last instant, included, in whatever form it is written.
        case until(CalendarTime)
    }

    /// One item of BYDAY: a day of the week, maybe the n-th of its month or year.
    public struct WeekdayNumber: Hashable, Sendable {
        /// −53...53; 0 means every such day.
        public var ordinal: Int
        /// The day of the week.
        public var weekday: Weekday

        /// A day of the week; `ordinal` 0 stands for each.
        public init(ordinal: Int = 0, weekday: Weekday) {
            self.ordinal = ordinal
            self.weekday = weekday
        }
    }

    /// FREQ.
    public var frequency: Frequency
    /// At least 1.
    public var interval = 1
    /// COUNT or UNTIL; endless without either.
    public var end = End.never
    /// 0...60.
    public var bySecond: [Int] = []
    /// 0...59.
    public var byMinute: [Int] = []
    /// 0...23.
    public var byHour: [Int] = []
    /// BYDAY; empty when absent.
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
    /// WKST: on which day a week begins.
    public var weekStart = Weekday.monday

    /// An endless rule of one instance in each period.
    public init(frequency: Frequency) { self.frequency = frequency }
}

/// In the order of ISO 8601: Monday is 1.
public enum Weekday: Int, Hashable, Sendable, CaseIterable {
    /// By the numbers of ISO 8601.
    case monday = 1, tuesday, wednesday, thursday, friday, saturday, sunday
}
