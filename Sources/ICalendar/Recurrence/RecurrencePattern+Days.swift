/// Which days a rule means: the rows of the table in RFC 5545 §3.3.10 for months, years and single days.
extension RecurrencePattern {
    /// The days of a month, bit `d` for day `d`, for MONTHLY rules and those YEARLY ones that work month by month.
    func days(ofMonth month: Int, year: Int) -> UInt32 {
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
            let first = Weekday(epochDay: CalendarDate.epochDay(year: year, month: month, day: 1)).rawValue - 1
            days &= weekdayMask(first: first, length: length)
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

    /// Appends where the days of a YEARLY rule that is not month-wise begin: every day of the year that all parts allow.
    func appendDays(ofYear year: Int, to days: inout [Int]) {
        let first = CalendarDate.epochDay(year: year, month: 1, day: 1)
        let length = CalendarDate.daysInYear(year)
        for day in first..<first + length where allows(yearday: day, year: year, first: first, length: length) {
            days.append(day * 86_400)
        }
    }

    private func allows(yearday day: Int, year: Int, first: Int, length: Int) -> Bool {
        let weekday = (day + 3).modulo(7)
        if hasWeekdays {
            guard weekdays & 1 << weekday != 0 || matchesOrdinal(day, weekday, first, length) else { return false }
        } else if !weekNumbers.isEmpty, !hasMonthDays, yearDays.isEmpty {
            // A week alone leaves its day open: DTSTART's.
            guard weekday == startWeekday else { return false }
        }
        guard weekNumbers.isEmpty || allowsWeek(of: day, year: year), allowsYearDay(day, year: year) else {
            return false
        }
        guard hasMonths || hasMonthDays else { return true }
        let civil = CalendarDate.civil(fromEpochDay: day)
        return months & 1 << UInt16(civil.month) != 0 && allowsMonthDay(civil)
    }

    /// BYDAY with an ordinal: of the month where BYMONTH is there, else of the year.
    private func matchesOrdinal(_ day: Int, _ weekday: Int, _ first: Int, _ length: Int) -> Bool {
        guard !numberedWeekdays.isEmpty else { return false }
        var (spanFirst, spanLength) = (first, length)
        if hasMonths {
            let civil = CalendarDate.civil(fromEpochDay: day)
            spanFirst = day - civil.day + 1
            spanLength = CalendarDate.daysInMonth(year: civil.year, month: civil.month)
        }
        let fromStart = (day - spanFirst) / 7 + 1
        let fromEnd = -((spanFirst + spanLength - 1 - day) / 7 + 1)
        return numberedWeekdays.contains {
            $0.weekday.rawValue - 1 == weekday && ($0.ordinal == fromStart || $0.ordinal == fromEnd)
        }
    }

    /// BYWEEKNO: a week belongs to the year that has at least four of its days, so the first and last days of a year
    /// may be in a week of its neighbour.
    private func allowsWeek(of day: Int, year: Int) -> Bool {
        var weekYear = year
        if day < firstWeek(of: year) {
            weekYear -= 1
        } else if day >= firstWeek(of: year + 1) {
            weekYear += 1
        }
        let first = firstWeek(of: weekYear)
        let number = (day - first) / 7 + 1
        let weeks = (firstWeek(of: weekYear + 1) - first) / 7
        return weekNumbers.contains(number) || weekNumbers.contains(number - weeks - 1)
    }

    /// The first day of week 1.
    private func firstWeek(of year: Int) -> Int {
        let fourth = CalendarDate.epochDay(year: year, month: 1, day: 4)
        return fourth - (fourth + 3 - weekStart).modulo(7)
    }
}
