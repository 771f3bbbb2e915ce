extension RecurrenceCursor {
    /// Makes the next period that has days the current one; `false` when it lies beyond the end or the limits.
    mutating func startPeriod() -> Bool {
        removeBases()
        switch pattern.frequency {
        case .yearly: return startYear()
        case .monthly: return startMonth()
        case .weekly: return startWeek()
        case .daily: return startDay()
        case .hourly, .minutely, .secondly: return startUnit()
        }
    }

    private mutating func startYear() -> Bool {
        let year = pattern.startYear + period * pattern.interval
        let first = pattern.firstDay(ofYear: year) * 86_400
        guard first < end, charge(at: first) else { return false }
        period += 1
        guard pattern.isMonthwise else {
            pattern.forEachDay(ofYear: year) { append(base: $0 * 86_400) }
            return true
        }
        var months = pattern.monthsOfYear
        while months != 0 {
            let month = months.trailingZeroBitCount
            append(month: month, year: year, first: CalendarDate.epochDay(year: year, month: month, day: 1))
            months &= months - 1
        }
        return true
    }

    private mutating func startMonth() -> Bool {
        let month = pattern.startYear * 12 + pattern.startMonth - 1 + period * pattern.interval
        let (year, index) = month.quotientAndRemainder(dividingBy: 12)
        let first = CalendarDate.epochDay(year: year, month: index + 1, day: 1)
        guard first * 86_400 < end, charge(at: first * 86_400) else { return false }
        period += 1
        if pattern.months & 1 << UInt16(index + 1) != 0 { append(month: index + 1, year: year, first: first) }
        return true
    }

    /// - Parameter first: The first day of the month.
    private mutating func append(month: Int, year: Int, first: Int) {
        var days = pattern.days(ofMonth: month, year: year, first: first)
        while days != 0 {
            append(base: (first - 1 + days.trailingZeroBitCount) * 86_400)
            days &= days - 1
        }
    }

    private mutating func startWeek() -> Bool {
        let first = pattern.firstWeekStart + period * pattern.interval * 7
        guard first * 86_400 < end, charge(at: first * 86_400) else { return false }
        period += 1
        var offsets = pattern.weekdayOffsets
        while offsets != 0 {
            let day = first + offsets.trailingZeroBitCount
            offsets &= offsets - 1
            guard !pattern.hasMonths || pattern.allowsMonth(of: day) else { continue }
            append(base: day * 86_400)
        }
        return true
    }

    private mutating func startDay() -> Bool {
        let day = pattern.startDay + period * pattern.interval
        guard day * 86_400 < end, charge(at: day * 86_400) else { return false }
        period += 1
        if pattern.allows(day: day) { append(base: day * 86_400) }
        return true
    }

    /// Goes on to the next hour, minute or second that the limiting parts allow, over whole days and hours at a time.
    private mutating func startUnit() -> Bool {
        var unit = pattern.firstUnitStart + period * pattern.step
        while unit < end, charge(at: unit) {
            guard let later = pattern.nextAllowedUnit(notBefore: unit) else {
                period = (unit - pattern.firstUnitStart) / pattern.step + 1
                append(base: unit)
                return true
            }
            let steps = (later - pattern.firstUnitStart + pattern.step - 1) / pattern.step
            unit = pattern.firstUnitStart + steps * pattern.step
        }
        return false
    }
}

extension RecurrencePattern {
    var startYear: Int { year(of: startDay) }

    /// The days of a WEEKLY rule's week, a bit for each day after its first; DTSTART's where no part names one.
    fileprivate var weekdayOffsets: UInt8 {
        let chosen = weekdays == 0 ? 1 << UInt8(startWeekday) : weekdays
        return (chosen >> UInt8(weekStart) | chosen << UInt8(7 - weekStart)) & 0x7F
    }

    /// The first day of DTSTART's week.
    var firstWeekStart: Int { startDay - (startWeekday - weekStart + 7) % 7 }

    /// The length of a sub-daily rule's unit in seconds.
    private var unit: Int {
        switch frequency {
        case .secondly: 1
        case .minutely: 60
        case .hourly: 3_600
        case .daily, .weekly, .monthly, .yearly: 86_400
        }
    }

    /// Seconds from one period of a sub-daily rule to the next.
    var step: Int { interval * unit }

    /// Where the unit with DTSTART in it begins.
    var firstUnitStart: Int { start - start.modulo(unit) }

    /// The last period that begins at or before a time after DTSTART.
    func periodNumber(notAfter wall: Int) -> Int {
        let day = wall.quotient(86_400)
        switch frequency {
        case .yearly: return (year(of: day) - startYear) / interval
        case .monthly:
            let civil = CalendarDate.civil(fromEpochDay: day)
            return (civil.year * 12 + civil.month - startYear * 12 - startMonth) / interval
        case .weekly: return (day - firstWeekStart) / 7 / interval
        case .daily: return (day - startDay) / interval
        case .hourly, .minutely, .secondly: return (wall - firstUnitStart) / step
        }
    }

    func allowsMonth(of day: Int) -> Bool {
        months & 1 << UInt16(CalendarDate.civil(fromEpochDay: day).month) != 0
    }

    /// `nil` when the limiting parts allow the unit that begins at `second`; else the earliest second after it that may
    /// be allowed.
    fileprivate func nextAllowedUnit(notBefore second: Int) -> Int? {
        let day = second.quotient(86_400)
        guard allows(day: day) else { return (day + 1) * 86_400 }
        guard hours | minutes | seconds != 0 else { return nil }
        let midnight = day * 86_400
        let hour = (second - midnight) / 3_600
        if let next = hours.nextBit(notBefore: hour, of: 24), next != hour { return midnight + next * 3_600 }
        let minute = (second - midnight) / 60 % 60
        if let next = minutes.nextBit(notBefore: minute, of: 60), next != minute {
            return midnight + hour * 3_600 + next * 60
        }
        let rest = (second - midnight) % 60
        if let next = seconds.nextBit(notBefore: rest, of: 60), next != rest { return second - rest + next }
        return nil
    }
}

extension UInt64 {
    /// The number of the first bit set at or above `number`, `limit` when there is none; `nil` when no bit is set at
    /// all, which stands for no limit.
    fileprivate func nextBit(notBefore number: Int, of limit: Int) -> Int? {
        guard self != 0 else { return nil }
        return Swift.min(((self >> UInt64(number)) << UInt64(number)).trailingZeroBitCount, limit)
    }
}
