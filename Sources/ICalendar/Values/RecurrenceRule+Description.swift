extension RecurrenceRule: CustomStringConvertible {
    /// The RECUR value (RFC 5545 §3.3.10), FREQ first as older readers want it; defaults are left out.
    public var description: String {
        var parts = ["FREQ=\(frequency.name)"]
        switch end {
        case .never: break
        case .count(let count): parts.append("COUNT=\(count)")
        // UNTIL has no parameters, so a time with a zone is written as the wall of that zone.
        case .until(let time): parts.append("UNTIL=\(time.valueText)")
        }
        if interval != 1 { parts.append("INTERVAL=\(interval)") }
        func append(_ name: String, _ values: [some CustomStringConvertible]) {
            guard !values.isEmpty else { return }
            parts.append("\(name)=\(values.map(\.description).joined(separator: ","))")
        }
        append("BYSECOND", bySecond)
        append("BYMINUTE", byMinute)
        append("BYHOUR", byHour)
        append("BYDAY", byDay)
        append("BYMONTHDAY", byMonthDay)
        append("BYYEARDAY", byYearDay)
        append("BYWEEKNO", byWeekNumber)
        append("BYMONTH", byMonth)
        append("BYSETPOS", bySetPosition)
        if weekStart != .monday { parts.append("WKST=\(weekStart.code)") }
        return parts.joined(separator: ";")
    }
}

extension RecurrenceRule.WeekdayNumber: CustomStringConvertible {
    public var description: String { ordinal == 0 ? weekday.code : "\(ordinal)\(weekday.code)" }
}
