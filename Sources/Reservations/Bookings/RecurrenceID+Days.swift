extension RecurrenceID {
    /// Whether it names a local day.
    var isDay: Bool { text.utf8.count == 8 }

    /// The day that it names, or the day of its instant in UTC.
    var day: Substring { text.prefix(8) }

    /// Its day in UTC and the next one, the one first that begins at the nearer midnight of UTC; empty where it names a
    /// day.
    var daysByMidnight: [String] {
        let text = text
        let numbers = [text.prefix(4), text.dropFirst(4).prefix(2), text.dropFirst(6).prefix(2)].compactMap { Int($0) }
        guard numbers.count == 3, let hour = Int(text.dropFirst(9).prefix(2)) else { return [] }
        let next = Self.dayAfter(year: numbers[0], month: numbers[1], day: numbers[2])
        return hour < 12 ? [String(day), next] : [next, String(day)]
    }

    private static func dayAfter(year: Int, month: Int, day: Int) -> String {
        var (year, month, day) = (year, month, day + 1)
        if day > days(inMonth: month, of: year) { (month, day) = (month + 1, 1) }
        if month > 12 { (year, month) = (year + 1, 1) }
        return String(year * 10_000 + month * 100 + day)
    }

    private static func days(inMonth month: Int, of year: Int) -> Int {
        switch month {
        case 2: year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
