import ICalendar
import TestSupport

/// Rules that say everything the grammar allows, and sometimes too much at once.
struct RandomRule {
    private var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    mutating func rule() -> RecurrenceRule {
        var rule = RecurrenceRule(frequency: RecurrenceRule.Frequency.allCases[number(0...6)])
        if chance(2) { rule.interval = number(1...5) }
        switch number(0...3) {
        case 0: rule.end = .count(number(1...60))
        case 1: rule.end = .until(time())
        default: break
        }
        if chance(4) { rule.byMonth = list(1...12, 4) }
        if chance(4) { rule.byMonthDay = list(-31...31, 4) }
        if chance(3) { rule.byDay = days(ordinals: rule.frequency == .monthly || rule.frequency == .yearly) }
        if chance(6) { rule.byHour = list(0...23, 3) }
        if chance(6) { rule.byMinute = list(0...59, 3) }
        if chance(8) { rule.bySecond = list(0...59, 2) }
        if chance(8), rule.frequency == .yearly || rule.frequency.rawValue < 3 { rule.byYearDay = list(-366...366, 6) }
        if chance(8), rule.frequency == .yearly { rule.byWeekNumber = list(-53...53, 4) }
        if chance(6) { rule.bySetPosition = list(-3...3, 2) }
        if chance(4) { rule.weekStart = Weekday.allCases[number(0...6)] }
        return rule
    }

    /// In UTC, between 2019 and 2023.
    mutating func time() -> CalendarTime {
        guard let local = LocalDateTime(epochSecond: number(1_546_300_800...1_672_531_200)) else { return time() }
        return .utc(local)
    }

    mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }

    private mutating func chance(_ oneIn: Int) -> Bool { number(1...oneIn) == 1 }

    private mutating func list(_ range: ClosedRange<Int>, _ most: Int) -> [Int] {
        (0..<number(1...most)).map { _ in number(range) }.filter { $0 != 0 || range.lowerBound == 0 }
    }

    private mutating func days(ordinals: Bool) -> [RecurrenceRule.WeekdayNumber] {
        (0..<number(1...3)).map { _ in
            let ordinal = ordinals && chance(2) ? number(-5...5) : 0
            return RecurrenceRule.WeekdayNumber(ordinal: ordinal, weekday: Weekday.allCases[number(0...6)])
        }
    }
}
