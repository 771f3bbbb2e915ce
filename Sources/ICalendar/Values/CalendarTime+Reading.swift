extension CalendarTime {
    /// Reads a DATE or DATE-TIME (RFC 5545 §3.3.4–5).
    ///
    /// - Parameters:
    ///   - bytes: `20261108`, `20261108T100000` or `20261108T100000Z`, in ASCII; a leap second is read as the second
    ///     before it. The forms of ISO 8601 with hyphens and colons, fractions of a second and no seconds are read too.
    ///   - tzid: The zone's name as it is written; `nil` or empty for none. It has no meaning for a DATE or with `Z`.
    public init(_ bytes: some Collection<UInt8>, tzid: String? = nil) throws(ICalendarError) {
        let bytes = Array(bytes)
        self = try TimeReader.time(bytes.span, bytes.indices, tzid: tzid ?? "").time
    }
}

/// Reads the forms of dates and times, and says which of them are not those of the standard.
enum TimeReader {
    struct Reading {
        var time: CalendarTime
        /// Its form is not that of RFC 5545.
        var isLoose = false
    }

    static func time(_ bytes: Span<UInt8>, _ range: Range<Int>, tzid: String) throws(ICalendarError) -> Reading {
        switch range.count {
        case 8:
            guard let date = try basicDate(bytes, range) else { break }
            return Reading(time: .date(date))
        case 15, 16:
            let isUTC = range.count == 16
            guard bytes[range.lowerBound + 8] == UInt8(ascii: "T"),
                !isUTC || bytes[range.upperBound - 1] == UInt8(ascii: "Z"),
                let date = try basicDate(bytes, range), let second = try basicTime(bytes, range)
            else { break }
            let local = LocalDateTime(date: date, knownSecondOfDay: second)
            return Reading(time: zoned(local, isUTC: isUTC, tzid: tzid))
        default: break
        }
        return Reading(time: try looseTime(bytes, range, tzid: tzid), isLoose: true)
    }

    /// A DATE-TIME in the form of the standard; `nil` for all else, with which something may be wrong.
    @inline(__always)
    static func plainTime(_ bytes: Span<UInt8>, _ range: Range<Int>) -> (local: LocalDateTime, isUTC: Bool)? {
        let isUTC = range.count == 16
        guard isUTC || range.count == 15,
            !isUTC || bytes[range.upperBound &- 1] == UInt8(ascii: "Z"),
            let days = WordBytes.DecimalPairs(bytes.word(at: range.lowerBound)),
            bytes[range.lowerBound &+ 8] == UInt8(ascii: "T"),
            let times = WordBytes.DecimalPairs(timeDigits(bytes, range)),
            let date = CalendarDate(year: days[0] &* 100 &+ days[1], month: days[2], day: days[3]),
            times[1] < 24, times[2] < 60, times[3] < 60
        else { return nil }
        let second = times[1] &* 3_600 &+ times[2] &* 60 &+ times[3]
        return (LocalDateTime(date: date, knownSecondOfDay: second), isUTC)
    }

    /// The six digits after `T`, and two zeros in front of them that stand for the `T` and the digit before it.
    @inline(__always)
    private static func timeDigits(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
        bytes.word(at: range.lowerBound &+ 7) & ~0xFFFF | 0x3030
    }

    static func zoned(_ local: LocalDateTime, isUTC: Bool, tzid: String) -> CalendarTime {
        if isUTC { return .utc(local) }
        return tzid.isEmpty ? .floating(local) : .zoned(local, tzid: tzid)
    }

    /// `date = 4DIGIT 2DIGIT 2DIGIT` (§3.3.4); `nil` where there are no eight digits.
    private static func basicDate(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(ICalendarError) -> CalendarDate? {
        guard let pairs = WordBytes.DecimalPairs(bytes.word(at: range.lowerBound)) else { return nil }
        return try date(pairs[0] * 100 + pairs[1], pairs[2], pairs[3])
    }

    /// `time = 2DIGIT 2DIGIT 2DIGIT` (§3.3.12) after `T`, as seconds of the day; `nil` where there are no six digits.
    private static func basicTime(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(ICalendarError) -> Int? {
        guard let pairs = WordBytes.DecimalPairs(timeDigits(bytes, range)) else { return nil }
        return try secondOfDay(pairs[1], pairs[2], pairs[3])
    }

    private static func date(_ year: Int, _ month: Int, _ day: Int) throws(ICalendarError) -> CalendarDate {
        guard let date = CalendarDate(year: year, month: month, day: day) else {
            throw ICalendarError(.noSuchDate, offset: 0, "there is no day \(year)-\(month)-\(day)")
        }
        return date
    }

    /// A second of 60 is a leap second.
    private static func secondOfDay(_ hour: Int, _ minute: Int, _ second: Int) throws(ICalendarError) -> Int {
        guard hour < 24, minute < 60, second <= 60 else {
            throw ICalendarError(.noSuchTime, offset: 9, "there is no time \(hour):\(minute):\(second)")
        }
        return hour * 3_600 + minute * 60 + min(second, 59)
    }
}

// MARK: - Other forms than the standard's

extension TimeReader {
    /// `2026-11-08`, `2026-11-08T10:00:00.000Z`, `20261108T1000`, `20261108 100000`, `20261108t100000z`.
    private static func looseTime(
        _ bytes: Span<UInt8>, _ range: Range<Int>, tzid: String
    ) throws(ICalendarError) -> CalendarTime {
        var cursor = DigitCursor(range: bytes.trimmed(range))
        guard !cursor.range.isEmpty else { throw ICalendarError(.empty, offset: 0, "no date or time") }
        let year = try cursor.number(bytes, digits: 4)
        cursor.skip(bytes, ASCII.hyphen)
        let month = try cursor.number(bytes, digits: 2)
        cursor.skip(bytes, ASCII.hyphen)
        let day = try date(year, month, try cursor.number(bytes, digits: 2))
        guard !cursor.isAtEnd else { return .date(day) }
        guard cursor.skip(bytes, UInt8(ascii: "T")) || cursor.skip(bytes, ASCII.space) else {
            throw cursor.unexpected(bytes)
        }
        let hour = try cursor.number(bytes, digits: 2)
        cursor.skip(bytes, ASCII.colon)
        let minute = try cursor.number(bytes, digits: 2)
        cursor.skip(bytes, ASCII.colon)
        var second = 0
        if cursor.isAtDigit(bytes) { second = try cursor.number(bytes, digits: 2) }
        if cursor.skip(bytes, ASCII.period) { while cursor.isAtDigit(bytes) { cursor.index += 1 } }
        let isUTC = cursor.skip(bytes, UInt8(ascii: "Z"))
        guard cursor.isAtEnd else { throw cursor.unexpected(bytes) }
        let time = try secondOfDay(hour, minute, second)
        return zoned(LocalDateTime(date: day, knownSecondOfDay: time), isUTC: isUTC, tzid: tzid)
    }

    private struct DigitCursor {
        let range: Range<Int>
        var index: Int

        init(range: Range<Int>) {
            self.range = range
            index = range.lowerBound
        }

        var isAtEnd: Bool { index == range.upperBound }

        func isAtDigit(_ bytes: Span<UInt8>) -> Bool { !isAtEnd && ASCII.isDigit(bytes[index]) }

        @discardableResult
        mutating func skip(_ bytes: Span<UInt8>, _ byte: UInt8) -> Bool {
            guard !isAtEnd, ASCII.uppercased(bytes[index]) == byte else { return false }
            index += 1
            return true
        }

        mutating func number(_ bytes: Span<UInt8>, digits: Int) throws(ICalendarError) -> Int {
            var value = 0
            for _ in 0..<digits {
                guard isAtDigit(bytes) else { throw unexpected(bytes) }
                value = value * 10 + Int(bytes[index] - ASCII.zero)
                index += 1
            }
            return value
        }

        func unexpected(_ bytes: Span<UInt8>) -> ICalendarError {
            let offset = index - range.lowerBound
            guard !isAtEnd else { return ICalendarError(.unexpectedEnd, offset: offset, "the time ends too early") }
            return ICalendarError(.unexpectedByte, offset: offset, "not a date or time: \(Excerpt.text(bytes, range))")
        }
    }
}
