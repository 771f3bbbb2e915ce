import ICalendar

/// Zones by their rules, for tests that must not depend on the machine's tz database.
enum TestZones {
    /// Central European Time as it has been since 1996, under a name that no database has.
    static let berlin = VTimeZone(
        identifier: "Mitteleuropa",
        observances: [
            observance(month: 3, hour: 2, from: 3_600, to: 7_200),
            observance(month: 10, hour: 3, from: 7_200, to: 3_600),
        ].compactMap(\.self))

    /// On the last Sunday of the month, each year from 1996 on.
    private static func observance(month: Int, hour: Int, from: Int, to: Int) -> VTimeZone.Observance? {
        guard let day = CalendarDate(year: 1996, month: month, day: month == 3 ? 31 : 27),
            let start = LocalDateTime(date: day, secondOfDay: hour * 3_600)
        else { return nil }
        var rule = RecurrenceRule(frequency: .yearly)
        rule.byMonth = [month]
        rule.byDay = [RecurrenceRule.WeekdayNumber(ordinal: -1, weekday: .sunday)]
        return VTimeZone.Observance(start: start, offsetFrom: from, offsetTo: to, rules: [rule])
    }
}
