/// Which days a rule means: the rows of the table in RFC 5545 §3.3.10 for months, years and single days.
extension RecurrencePattern {
    /// The days of a month, bit `d` for day `d`, for MONTHLY rules and those YEARLY ones that work month by month.
    ///
    /// - Parameter first: The first day of the month.
    func days(ofMonth month: Int, year: Int, first: Int) -> UInt32 {
        let length = CalendarDate.daysInMonth(year: year, month: month)
        let all = (UInt32(2) << UInt32(length)) &- 2
        guard hasMonthDays || hasWeekdays else {
            return startMonthDay <= length ? 1 << UInt32(startMonthDay) : 0
        }
        var days = all
        if hasMonthDays {
            var chosen = monthDays
            var rest = monthDaysFromEnd
            while rest != 0 {
                let fromEnd = rest.trailingZeroBitCount
                if fromEnd <= length { chosen |= 1 << UInt32(length + 1 - fromEnd) }
                rest &= rest - 1
            }
            days &= chosen
        }
        if hasWeekdays {
            days &= weekdayMask(first: (first + 3).modulo(7), length: length)
        }
        return days
    }

    /// - Parameter first: the weekday of the first of the month, 0...6 from Monday.
    private func weekdayMask(first: Int, length: Int) -> UInt32 {
        let everySeventhDay: UInt32 = 1 << 1 | 1 << 8 | 1 << 15 | 1 << 22 | 1 << 29
        var mask: UInt32 = 0
        var rest = weekdays
        while rest != 0 {
            let weekday = rest.trailingZeroBitCount
            mask |= everySeventhDay << UInt32((weekday - first + 7) % 7)
            rest &= rest - 1
        }
        for numbered in numberedWeekdays {
            let firstMatch = 1 + (numbered.weekday.rawValue - 1 - first + 7) % 7
            let lastMatch = firstMatch + (length - firstMatch) / 7 * 7
            let day =
                numbered.ordinal > 0 ? firstMatch + (numbered.ordinal - 1) * 7 : lastMatch + (numbered.ordinal + 1) * 7
            if (1...length).contains(day) { mask |= 1 << UInt32(day) }
        }
        return mask
    }

    /// Whether a YEARLY rule can be worked out month by month, each like a MONTHLY one.
    ///
    /// Without BYMONTH, BYMONTHDAY means the days of every month, and ordinals of BYDAY count in the year.
    var isMonthwise: Bool {
        yearDays.isEmpty && weekNumbers.isEmpty && (hasMonths || numberedWeekdays.isEmpty)
    }

    /// The months in which a month-wise YEARLY rule has days; DTSTART's where no part names a day or a month.
    var monthsOfYear: UInt16 {
        hasMonths || hasMonthDays || hasWeekdays ? months : 1 << UInt16(startMonth)
    }

    /// Whether BYMONTH, BYMONTHDAY, BYYEARDAY and BYDAY all allow a day: the rows where they limit.
    func allows(day: Int) -> Bool {
        if weekdays != 0, weekdays & 1 << ((day + 3).modulo(7)) == 0 { return false }
        guard hasMonths || hasMonthDays || !yearDays.isEmpty else { return true }
        let civil = CalendarDate.civil(fromEpochDay: day)
        guard months & 1 << UInt16(civil.month) != 0 else { return false }
        return allowsMonthDay(civil) && allowsYearDay(day, year: civil.year)
    }

    private func allowsMonthDay(_ civil: (year: Int, month: Int, day: Int)) -> Bool {
        guard hasMonthDays else { return true }
        let fromEnd = CalendarDate.daysInMonth(year: civil.year, month: civil.month) + 1 - civil.day
        return (monthDays >> UInt32(civil.day) | monthDaysFromEnd >> UInt32(fromEnd)) & 1 != 0
    }

    private func allowsYearDay(_ day: Int, year: Int) -> Bool {
        guard !yearDays.isEmpty else { return true }
        let number = day - CalendarDate.epochDay(year: year, month: 1, day: 1) + 1
        return yearDays.contains(number) || yearDays.contains(number - CalendarDate.daysInYear(year) - 1)
    }

    /// Calls `body` with each day of a YEARLY rule that is not month-wise: every day of the year that all parts allow.
    func forEachDay(ofYear year: Int, _ body: (Int) -> Void) {
        let first = firstDay(ofYear: year)
        let length = firstDay(ofYear: year + 1) - first
        if !weekNumbers.isEmpty {
            for week in Self.places(of: weekNumbers, among: length / 7) {
                for day in first + week * 7..<first + week * 7 + 7 where allows(yearDay: day) {
                    body(day)
                }
            }
        } else if !yearDays.isEmpty {
            for place in Self.places(of: yearDays, among: length) where allows(yearDay: first + place) {
                body(first + place)
            }
        } else {
            for day in first..<first + length where allows(yearDay: day) { body(day) }
        }
    }

    /// Places from 0, rising, for numbers that count from 1, or from −1 backwards.
    static func places(of numbers: [Int], among count: Int) -> [Int] {
        if numbers.count == 1 {
            let place = numbers[0] > 0 ? numbers[0] - 1 : count &+ numbers[0]
            return (0..<count).contains(place) ? [place] : []
        }
        let places = numbers.map { $0 > 0 ? $0 - 1 : count &+ $0 }.filter { (0..<count).contains($0) }
        return Set(places).sorted()
    }

    /// The first day of a YEARLY rule's period: of the year, or with BYWEEKNO of its week 1.
    ///
    /// A week belongs to the year that has at least four of its days, and all of it does.
    func firstDay(ofYear year: Int) -> Int {
        guard !weekNumbers.isEmpty else { return CalendarDate.epochDay(year: year, month: 1, day: 1) }
        let fourth = CalendarDate.epochDay(year: year, month: 1, day: 4)
        return fourth - (fourth + 3 - weekStart).modulo(7)
    }

    /// The year of a YEARLY rule's period that has the day.
    func year(of day: Int) -> Int {
        let year = CalendarDate.civil(fromEpochDay: day).year
        if day < firstDay(ofYear: year) { return year - 1 }
        return day < firstDay(ofYear: year + 1) ? year : year + 1
    }

    private func allows(yearDay day: Int) -> Bool {
        let weekday = (day + 3).modulo(7)
        let civil = CalendarDate.civil(fromEpochDay: day)
        if hasWeekdays {
            guard weekdays & 1 << weekday != 0 || matchesOrdinal(day, weekday, civil) else { return false }
        } else if !hasMonthDays, yearDays.isEmpty {
            // A week alone leaves its day open: DTSTART's.
            guard weekday == startWeekday else { return false }
        }
        return allowsYearDay(day, year: civil.year)
            && months & 1 << UInt16(civil.month) != 0 && allowsMonthDay(civil)
    }

    /// BYDAY with an ordinal: of the month where BYMONTH is there, else of the year.
    private func matchesOrdinal(_ day: Int, _ weekday: Int, _ civil: (year: Int, month: Int, day: Int)) -> Bool {
        guard !numberedWeekdays.isEmpty else { return false }
        let newYear = CalendarDate.epochDay(year: civil.year, month: 1, day: 1)
        let first = hasMonths ? day - civil.day + 1 : newYear
        let length =
            hasMonths
            ? CalendarDate.daysInMonth(year: civil.year, month: civil.month) : CalendarDate.daysInYear(civil.year)
        let fromStart = (day - first) / 7 + 1
        let fromEnd = -((first + length - 1 - day) / 7 + 1)
        return numberedWeekdays.contains {
            $0.weekday.rawValue - 1 == weekday && ($0.ordinal == fromStart || $0.ordinal == fromEnd)
        }
    }
}
