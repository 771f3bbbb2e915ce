/// A rule made ready to run from a given start: BYxxx parts as masks and sorted lists, what they leave open taken from
/// DTSTART (RFC 5545 §3.3.10).
///
/// Values outside their ranges are left out. A class, because it is large and every cursor shares it.
final class RecurrencePattern: Sendable {
    let frequency: RecurrenceRule.Frequency
    /// At least 1.
    let interval: Int
    /// On the wall, in seconds since 1970.
    let start: Int
    let startDay: Int
    /// The day of the month and the month of DTSTART.
    let startMonth: Int
    let startMonthDay: Int
    /// DTSTART's weekday from Monday, 0...6.
    let startWeekday: Int
    /// 0...6 from Monday.
    let weekStart: Int
    /// Occurrences at most; `nil` for a rule without COUNT.
    let count: Int?

    /// Bit `m` for month `m`; all of them where BYMONTH is absent.
    let months: UInt16
    let hasMonths: Bool
    /// Bit 0 for Monday: BYDAY without ordinals, or with ordinals where they have no meaning.
    let weekdays: UInt8
    /// BYDAY with ordinals: of the month or of the year.
    let numberedWeekdays: [RecurrenceRule.WeekdayNumber]
    /// Bit `d` for day `d`, and for the `d`-th day from the end of the month.
    let monthDays: UInt32
    let monthDaysFromEnd: UInt32
    let yearDays: [Int]
    let weekNumbers: [Int]
    /// For sub-daily rules, by number; 0 where the part is absent or does not limit.
    let hours: UInt64
    let minutes: UInt64
    let seconds: UInt64
    /// Seconds from the start of the day, for sub-daily rules from the start of their unit; rising.
    let times: [Int]
    /// BYSETPOS.
    let positions: [Int]

    var hasWeekdays: Bool { weekdays != 0 || !numberedWeekdays.isEmpty }
    var hasMonthDays: Bool { monthDays | monthDaysFromEnd != 0 }

    /// - Parameters:
    ///   - start: DTSTART on its own wall, in seconds since 1970.
    ///   - wholeDays: for a DATE, of which BYHOUR, BYMINUTE and BYSECOND are ignored.
    init(_ rule: borrowing RecurrenceRule, start: Int, wholeDays: Bool) {
        let startDay = start.quotient(86_400)
        let secondOfDay = start - startDay * 86_400
        let civil = CalendarDate.civil(fromEpochDay: startDay)
        frequency = rule.frequency
        interval = min(max(rule.interval, 1), 999_999_999)
        (self.start, self.startDay) = (start, startDay)
        (startMonth, startMonthDay) = (civil.month, civil.day)
        startWeekday = Weekday(epochDay: startDay).rawValue - 1
        weekStart = rule.weekStart.rawValue - 1
        if case .count(let limit) = rule.end { count = max(limit, 1) } else { count = nil }

        let mask = Self.mask(rule.byMonth, 1...12)
        hasMonths = mask != 0
        months = hasMonths ? UInt16(truncatingIfNeeded: mask) : 0x1FFE
        let ordinalsCount = rule.frequency == .yearly && rule.byWeekNumber.isEmpty || rule.frequency == .monthly
        var weekdays: UInt8 = 0
        for day in rule.byDay where day.ordinal == 0 || !ordinalsCount { weekdays |= 1 << (day.weekday.rawValue - 1) }
        self.weekdays = weekdays
        numberedWeekdays = ordinalsCount ? rule.byDay.filter { $0.ordinal != 0 } : []
        monthDays = UInt32(truncatingIfNeeded: Self.mask(rule.byMonthDay, 1...31))
        monthDaysFromEnd = UInt32(truncatingIfNeeded: Self.mask(rule.byMonthDay.map { 0 &- $0 }, 1...31))
        yearDays = rule.byYearDay
        weekNumbers = rule.frequency == .yearly ? rule.byWeekNumber : []

        let isSubDaily = rule.frequency.rawValue < RecurrenceRule.Frequency.daily.rawValue
        // Of the units of a day that is meant as a whole only the first is a date.
        let byHour = wholeDays ? [0] : rule.byHour
        let byMinute = wholeDays ? [0] : rule.byMinute
        // The 60th second is read as the one before it, here as in a DATE-TIME.
        let bySecond = wholeDays ? [0] : rule.bySecond.map { $0 == 60 ? 59 : $0 }
        hours = isSubDaily ? Self.mask(byHour, 0...23) : 0
        minutes = isSubDaily && rule.frequency != .hourly ? Self.mask(byMinute, 0...59) : 0
        seconds = rule.frequency == .secondly ? Self.mask(bySecond, 0...59) : 0
        times = wholeDays ? [0] : Self.times(of: rule, bySecond: bySecond, start: secondOfDay)
        positions = rule.bySetPosition
    }

    private static func mask(_ values: [Int], _ range: ClosedRange<Int>) -> UInt64 {
        values.reduce(0) { range.contains($1) ? $0 | 1 << UInt64($1) : $0 }
    }

    /// The product of the parts that expand within a day, or within the unit of a sub-daily rule.
    private static func times(of rule: RecurrenceRule, bySecond: [Int], start: Int) -> [Int] {
        func values(_ part: [Int], _ range: ClosedRange<Int>, _ own: Int, from frequency: RecurrenceRule.Frequency)
            -> [Int]
        {
            guard rule.frequency.rawValue >= frequency.rawValue else { return [0] }
            let usable = part.filter(range.contains)
            return usable.isEmpty ? [own] : Set(usable).sorted()
        }
        if rule.byHour.isEmpty, rule.byMinute.isEmpty, bySecond.isEmpty {
            switch rule.frequency {
            case .secondly: return [0]
            case .minutely: return [start % 60]
            case .hourly: return [start % 3_600]
            case .daily, .weekly, .monthly, .yearly: return [start]
            }
        }
        let seconds = values(bySecond, 0...59, start % 60, from: .minutely)
        let minutes = values(rule.byMinute, 0...59, start / 60 % 60, from: .hourly)
        let hours = values(rule.byHour, 0...23, start / 3_600, from: .daily)
        return hours.flatMap { hour in
            minutes.flatMap { minute in seconds.map { second in hour * 3_600 + minute * 60 + second } }
        }
    }
}
