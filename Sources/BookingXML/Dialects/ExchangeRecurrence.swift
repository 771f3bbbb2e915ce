import ICalendar

/// Reads a `Recurrence` of Exchange: a pattern and a range.
struct ExchangeRecurrence {
    let record: XMLRecord
    let index: Int

    /// - Parameter place: puts a time on the wall of the series' zone.
    /// - Throws: `badRule` or a missing element, which rejects the booking.
    func rule(place: (LocalDateTime) -> CalendarTime) throws(XMLDiagnostic) -> RecurrenceRule {
        var rule: RecurrenceRule?
        var end: RecurrenceRule.End?
        for child in record.children(of: index) {
            if let pattern = try pattern(child) {
                rule = pattern
            } else if let range = try range(child, place) {
                end = range
            } else {
                throw bad(child, "this kind of recurrence is not known")
            }
        }
        guard var rule else { throw record.rejection(.missingElement, index, "the recurrence has no pattern") }
        guard let end else { throw record.rejection(.missingElement, index, "the recurrence has no range") }
        rule.end = end
        return rule
    }

    /// `nil` for an element that is no pattern.
    private func pattern(_ pattern: Int) throws(XMLDiagnostic) -> RecurrenceRule? {
        switch record.name(of: pattern) {
        case .ewsDaily: return try every(.daily, pattern)
        case .ewsWeekly:
            var rule = try every(.weekly, pattern)
            rule.byDay = try days(pattern)
            if let first = record.child(.ewsFirstDayOfWeek, of: pattern) {
                guard let day = Self.days[record.string(first)]?.first else { throw bad(first, "no day of the week") }
                rule.weekStart = day
            }
            return rule
        case .ewsAbsoluteMonthly:
            var rule = try every(.monthly, pattern)
            try setDayOfMonth(&rule, pattern)
            return rule
        case .ewsRelativeMonthly:
            var rule = try every(.monthly, pattern)
            try setRelativeDay(&rule, pattern)
            return rule
        case .ewsAbsoluteYearly:
            var rule = RecurrenceRule(frequency: .yearly)
            rule.byMonth = [try month(pattern)]
            try setDayOfMonth(&rule, pattern)
            return rule
        case .ewsRelativeYearly:
            var rule = RecurrenceRule(frequency: .yearly)
            rule.byMonth = [try month(pattern)]
            try setRelativeDay(&rule, pattern)
            return rule
        default: return nil
        }
    }

    private func every(_ frequency: RecurrenceRule.Frequency, _ pattern: Int) throws(XMLDiagnostic) -> RecurrenceRule {
        var rule = RecurrenceRule(frequency: frequency)
        rule.interval = try number(.ewsInterval, 1...999, pattern)
        return rule
    }

    /// A day that a month does not have means the month's last one; 31 is Exchange's way to say that.
    private func setDayOfMonth(_ rule: inout RecurrenceRule, _ pattern: Int) throws(XMLDiagnostic) {
        let day = try number(.ewsDayOfMonth, 1...31, pattern)
        switch day {
        case 31: rule.byMonthDay = [-1]
        case 29...30:
            rule.byMonthDay = Array(28...day)
            rule.bySetPosition = [-1]
        default: rule.byMonthDay = [day]
        }
    }

    /// `Second` `Tuesday`, `Last` `Weekday`.
    private func setRelativeDay(_ rule: inout RecurrenceRule, _ pattern: Int) throws(XMLDiagnostic) {
        rule.byDay = try days(pattern)
        guard let index = record.child(.ewsDayOfWeekIndex, of: pattern) else {
            throw record.rejection(.missingElement, pattern, "the recurrence has no DayOfWeekIndex")
        }
        guard let position = Self.positions[record.string(index)] else {
            throw bad(index, "none of First, Second, Third, Fourth, Last")
        }
        rule.bySetPosition = [position]
    }

    /// `nil` for an element that is no range.
    private func range(
        _ range: Int, _ place: (LocalDateTime) -> CalendarTime
    ) throws(XMLDiagnostic) -> RecurrenceRule.End? {
        switch record.name(of: range) {
        case .ewsNoEndRange: return .never
        case .ewsNumberedRange: return .count(try number(.ewsNumberOfOccurrences, 1...Int(Int32.max), range))
        case .ewsEndDateRange:
            guard let index = record.child(.ewsEndDate, of: range) else {
                throw record.rejection(.missingElement, range, "the recurrence has no EndDate")
            }
            guard case .date(let date) = try record.time(index),
                let lastSecond = LocalDateTime(date: date, secondOfDay: 86_399)
            else { throw bad(index, "no date") }
            return .until(place(lastSecond))
        default: return nil
        }
    }

    // MARK: Words

    private func number(_ name: XMLName, _ range: ClosedRange<Int>, _ parent: Int) throws(XMLDiagnostic) -> Int {
        guard let index = record.child(name, of: parent) else {
            throw record.rejection(.missingElement, parent, "the recurrence has no \(name.spelling)")
        }
        guard let number = Int(record.string(index)), range.contains(number) else {
            throw bad(index, "no whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    private func days(_ pattern: Int) throws(XMLDiagnostic) -> [RecurrenceRule.WeekdayNumber] {
        guard let index = record.child(.ewsDaysOfWeek, of: pattern) else {
            throw record.rejection(.missingElement, pattern, "the recurrence has no DaysOfWeek")
        }
        var days: [Weekday] = []
        for word in record.value(index).token.split(separator: " ") {
            guard let meant = Self.days[String(word)] else { throw bad(index, "no days of the week") }
            days.append(contentsOf: meant.filter { !days.contains($0) })
        }
        guard !days.isEmpty else { throw bad(index, "no days of the week") }
        return days.map { RecurrenceRule.WeekdayNumber(weekday: $0) }
    }

    private func month(_ pattern: Int) throws(XMLDiagnostic) -> Int {
        guard let index = record.child(.ewsMonth, of: pattern) else {
            throw record.rejection(.missingElement, pattern, "the recurrence has no Month")
        }
        guard let month = Self.months.firstIndex(of: record.string(index)) else { throw bad(index, "no month") }
        return month + 1
    }

    private func bad(_ index: Int, _ reason: String) -> XMLDiagnostic {
        var finding = record.badValue(index, reason)
        finding.code = .badRule
        return finding
    }

    private static let days: [String: [Weekday]] = [
        "Monday": [.monday], "Tuesday": [.tuesday], "Wednesday": [.wednesday], "Thursday": [.thursday],
        "Friday": [.friday], "Saturday": [.saturday], "Sunday": [.sunday], "Day": Weekday.allCases,
        "Weekday": [.monday, .tuesday, .wednesday, .thursday, .friday], "WeekendDay": [.saturday, .sunday],
    ]

    private static let positions = ["First": 1, "Second": 2, "Third": 3, "Fourth": 4, "Last": -1]

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
}
