extension CalendarDuration {
    /// The largest number that a part may have, so that no sum can overflow: 9,999 years of seconds are less.
    static let largestPart = 400_000_000_000

    /// Reads a DURATION (RFC 5545 §3.3.6): `P15DT5H0M20S`, `P7W`, `-PT15M`, in ASCII and either case.
    ///
    /// More than the standard allows, parts may be left out freely (`P1W2D`, `PT1H30S`); one part must be there.
    public init(_ bytes: some Collection<UInt8>) throws(ICalendarError) {
        let bytes = Array(bytes)
        self = try DurationReader.duration(bytes.span, bytes.indices)
    }
}

/// `dur-value = (["+"] / "-") "P" (dur-date / dur-time / dur-week)`
enum DurationReader {
    static func duration(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(ICalendarError) -> CalendarDuration {
        let range = bytes.trimmed(range)
        var index = range.lowerBound
        guard index < range.upperBound else { throw ICalendarError(.empty, offset: 0, "no duration") }
        let isNegative = bytes[index] == ASCII.hyphen
        if isNegative || bytes[index] == ASCII.plus { index += 1 }
        guard index < range.upperBound, ASCII.uppercased(bytes[index]) == UInt8(ascii: "P") else {
            throw unexpected(bytes, range, at: index)
        }
        index += 1
        var duration = CalendarDuration()
        var isTime = false
        var parts = 0
        while index < range.upperBound {
            if !isTime, ASCII.uppercased(bytes[index]) == UInt8(ascii: "T") {
                isTime = true
                index += 1
                continue
            }
            let value = try number(bytes, range, &index)
            guard index < range.upperBound else { throw unexpected(bytes, range, at: index) }
            switch (ASCII.uppercased(bytes[index]), isTime) {
            case (UInt8(ascii: "W"), false): duration.days += value * 7
            case (UInt8(ascii: "D"), false): duration.days += value
            case (UInt8(ascii: "H"), true): duration.seconds += value * 3_600
            case (UInt8(ascii: "M"), true): duration.seconds += value * 60
            case (UInt8(ascii: "S"), true): duration.seconds += value
            case (_, _): throw unexpected(bytes, range, at: index)
            }
            index += 1
            parts += 1
            guard parts <= 5 else {
                let offset = index - range.lowerBound
                throw ICalendarError(.repeatedPart, offset: offset, "too many parts: \(Excerpt.text(bytes, range))")
            }
        }
        guard parts > 0 else { throw unexpected(bytes, range, at: index) }
        guard isNegative else { return duration }
        return CalendarDuration(days: -duration.days, seconds: -duration.seconds)
    }

    private static func number(
        _ bytes: Span<UInt8>, _ range: Range<Int>, _ index: inout Int
    ) throws(ICalendarError) -> Int {
        let start = index
        var value = 0
        while index < range.upperBound, ASCII.isDigit(bytes[index]) {
            value = value * 10 + Int(bytes[index] - ASCII.zero)
            guard value <= CalendarDuration.largestPart else {
                let offset = start - range.lowerBound
                throw ICalendarError(
                    .outOfRange, offset: offset, "longer than any calendar: \(Excerpt.text(bytes, range))")
            }
            index += 1
        }
        guard index > start else { throw unexpected(bytes, range, at: index) }
        return value
    }

    private static func unexpected(_ bytes: Span<UInt8>, _ range: Range<Int>, at index: Int) -> ICalendarError {
        let offset = index - range.lowerBound
        guard index < range.upperBound else {
            return ICalendarError(
                .unexpectedEnd, offset: offset, "the duration ends too early: \(Excerpt.text(bytes, range))")
        }
        return ICalendarError(.unexpectedByte, offset: offset, "not a duration: \(Excerpt.text(bytes, range))")
    }
}
