import ICalendar

/// A time as XML writes it: `xs:date` or `xs:dateTime` (XML Schema 1.1 part 2, §3.3.7 and §3.3.9; RFC 6321 §3.6.4–5
/// writes the same), the seconds optional and their fraction dropped.
enum XMLTime: Hashable {
    case date(CalendarDate)
    /// No offset: the time on the wall.
    case local(LocalDateTime)
    /// `Z` or an offset: the time in UTC.
    case instant(LocalDateTime)

    /// `nil` for anything else. An offset after a date says nothing and is dropped.
    init?(_ bytes: ArraySlice<UInt8>) {
        var cursor = ValueCursor(bytes)
        guard let date = Self.date(&cursor) else { return nil }
        guard cursor.take("T") || cursor.take(" ") else {
            guard cursor.isAtEnd || Self.offset(&cursor) != nil, cursor.isAtEnd else { return nil }
            self = .date(date)
            return
        }
        guard let second = Self.secondOfDay(&cursor), let wall = Self.wall(date, second) else { return nil }
        guard !cursor.isAtEnd else {
            self = .local(wall)
            return
        }
        guard let offset = Self.offset(&cursor), cursor.isAtEnd,
            let utc = LocalDateTime(epochSecond: wall.epochSecond - offset)
        else { return nil }
        self = .instant(utc)
    }

    /// `2026-12-08T09:00:00` and nothing else: what nearly all times of an export look like, in a third of the time.
    ///
    /// `nil` for any other form, and for what is no time.
    init?(plain text: Span<UInt8>) {
        guard text.count == 19, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"),
            text[10] == UInt8(ascii: "T"), text[13] == UInt8(ascii: ":"), text[16] == UInt8(ascii: ":")
        else { return nil }
        var isNumber = true
        func pair(_ place: Int) -> Int {
            let (tens, ones) = (text[place] &- UInt8(ascii: "0"), text[place + 1] &- UInt8(ascii: "0"))
            isNumber = isNumber && tens <= 9 && ones <= 9
            return Int(tens) * 10 + Int(ones)
        }
        let (year, month, day) = (pair(0) * 100 + pair(2), pair(5), pair(8))
        let (hour, minute, second) = (pair(11), pair(14), pair(17))
        guard isNumber, hour <= 23, minute <= 59, second <= 59,
            let date = CalendarDate(year: year, month: month, day: day),
            let local = LocalDateTime(date: date, secondOfDay: hour * 3_600 + minute * 60 + second)
        else { return nil }
        self = .local(local)
    }

    /// Whether a text that is a time is one that XML Schema allows too: with seconds, after a `T`, and with nothing but
    /// `Z` or `+01:00` after it.
    static func isOfSchema(_ bytes: ArraySlice<UInt8>) -> Bool {
        var cursor = ValueCursor(bytes)
        _ = date(&cursor)
        if cursor.take("T") {
            guard cursor.digits(2) != nil, cursor.take(":"), cursor.digits(2) != nil, cursor.take(":"),
                let second = cursor.digits(2), second < 60
            else { return false }
            if cursor.take(".") { cursor.skipDigits() }
        }
        guard !cursor.isAtEnd, !cursor.take("Z") else { return true }
        guard cursor.take("+") || cursor.take("-"), let hours = cursor.digits(2), cursor.take(":"),
            let minutes = cursor.digits(2)
        else { return false }
        return hours < 14 || minutes == 0
    }

    /// The time in the model of iCalendar; a local one stands in `zone`, or floats.
    func calendarTime(zone: String?) -> CalendarTime {
        switch self {
        case .date(let date): .date(date)
        case .local(let local): zone.map { .zoned(local, tzid: $0) } ?? .floating(local)
        case .instant(let utc): .utc(utc)
        }
    }

    private static func date(_ cursor: inout ValueCursor) -> CalendarDate? {
        guard let year = cursor.digits(4), cursor.take("-"), let month = cursor.digits(2), cursor.take("-"),
            let day = cursor.digits(2)
        else { return nil }
        return CalendarDate(year: year, month: month, day: day)
    }

    /// 0...86,400: `24:00:00` is the end of the day. A leap second is read as the second before it.
    private static func secondOfDay(_ cursor: inout ValueCursor) -> Int? {
        guard let hour = cursor.digits(2), cursor.take(":"), let minute = cursor.digits(2) else { return nil }
        var second = 0
        if cursor.take(":") {
            guard let written = cursor.digits(2) else { return nil }
            second = written
            if cursor.take(".") {
                guard cursor.number(atMost: 9) != nil else { return nil }
                cursor.skipDigits()
            }
        }
        guard hour <= 24, minute <= 59, second <= 60, hour < 24 || (minute == 0 && second == 0) else { return nil }
        return hour * 3_600 + minute * 60 + min(second, 59)
    }

    private static func wall(_ date: CalendarDate, _ second: Int) -> LocalDateTime? {
        second < 86_400
            ? LocalDateTime(date: date, secondOfDay: second)
            : date.adding(days: 1).flatMap { LocalDateTime(date: $0, secondOfDay: 0) }
    }

    /// Seconds east of UTC, ±14 hours: `Z`, `+01:00`, `+0100` or `+01`.
    static func offset(_ cursor: inout ValueCursor) -> Int? {
        guard !cursor.take("Z") else { return 0 }
        let sign: Int
        if cursor.take("+") { sign = 1 } else if cursor.take("-") { sign = -1 } else { return nil }
        guard let hours = cursor.digits(2) else { return nil }
        var minutes = 0
        if cursor.take(":") || !cursor.isAtEnd {
            guard let written = cursor.digits(2) else { return nil }
            minutes = written
        }
        guard hours <= 14, minutes <= 59 else { return nil }
        return sign * (hours * 3_600 + minutes * 60)
    }
}
