/// The footer of a TZif file (RFC 8536 §3.3): a POSIX TZ string that goes on where the table ends.
struct PosixZoneRule {
    /// Seconds east of UTC.
    let standardOffset: Int
    /// `nil` for a zone without summer time.
    let daylight: Daylight?

    struct Daylight {
        let offset: Int
        let start: Change
        let end: Change
    }

    /// A day of each year and a time on the wall, counted from that day's midnight; −167...167 hours.
    struct Change {
        enum Day {
            /// 1...365; 29 February is never counted.
            case julian(Int)
            /// 0...365; 29 February counts.
            case ordinal(Int)
            /// `week` 1...5, where 5 is the last; `weekday` 0...6 from Sunday.
            case weekday(month: Int, week: Int, weekday: Int)
        }

        let day: Day
        let second: Int
    }

    /// `nil` for a string that POSIX and RFC 8536 do not allow.
    init?(_ text: some Collection<UInt8>) {
        var reader = PosixZoneRuleReader(Array(text))
        guard reader.skipName(), let west = reader.signedTime(maximumHours: 24) else { return nil }
        standardOffset = -west
        guard !reader.isAtEnd else {
            daylight = nil
            return
        }
        guard reader.skipName() else { return nil }
        var offset = standardOffset + 3_600
        if !reader.nextIs(",") {
            guard let west = reader.signedTime(maximumHours: 24) else { return nil }
            offset = -west
        }
        guard reader.take(","), let start = reader.change(), reader.take(","), let end = reader.change(),
            reader.isAtEnd
        else { return nil }
        daylight = Daylight(offset: offset, start: start, end: end)
    }

    /// The changes of the given years in rising order, each with the offset that begins there.
    func transitions(years: ClosedRange<Int>) -> [(instant: Int, offset: Int)] {
        guard let daylight else { return [] }
        return years.flatMap { year in
            let begin = (daylight.start.wallSecond(in: year) - standardOffset, daylight.offset)
            let end = (daylight.end.wallSecond(in: year) - daylight.offset, standardOffset)
            return begin.0 < end.0 ? [begin, end] : [end, begin]
        }
    }
}

extension PosixZoneRule.Change {
    /// Seconds on the wall since 1970.
    fileprivate func wallSecond(in year: Int) -> Int {
        let newYear = CalendarDate.epochDay(year: year, month: 1, day: 1)
        let epochDay =
            switch day {
            case .julian(let number): newYear + number - 1 + (CalendarDate.isLeap(year) && number > 59 ? 1 : 0)
            case .ordinal(let number): newYear + number
            case .weekday(let month, let week, let weekday): Self.epochDay(year, month, week, weekday)
            }
        return epochDay * 86_400 + second
    }

    private static func epochDay(_ year: Int, _ month: Int, _ week: Int, _ weekday: Int) -> Int {
        let first = CalendarDate.epochDay(year: year, month: month, day: 1)
        let firstMatch = first + (weekday - (first + 4)).modulo(7)
        let last = first + CalendarDate.daysInMonth(year: year, month: month) - 1
        let wanted = firstMatch + (week - 1) * 7
        return wanted > last ? wanted - 7 : wanted
    }
}

/// A cursor over a TZ string, one function for each rule of its grammar.
private struct PosixZoneRuleReader {
    private let bytes: [UInt8]
    private var offset = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { offset == bytes.count }

    func nextIs(_ scalar: Unicode.Scalar) -> Bool { offset < bytes.count && bytes[offset] == UInt8(ascii: scalar) }

    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard nextIs(scalar) else { return false }
        offset += 1
        return true
    }

    /// Three letters or more, or anything in angle brackets.
    mutating func skipName() -> Bool {
        if take("<") {
            while offset < bytes.count, !nextIs(">") { offset += 1 }
            return take(">")
        }
        let start = offset
        while offset < bytes.count, isLetter(bytes[offset]) { offset += 1 }
        return offset - start >= 3
    }

    /// `[+|-]hh[:mm[:ss]]` in seconds.
    mutating func signedTime(maximumHours: Int) -> Int? {
        let isNegative = take("-")
        if !isNegative { _ = take("+") }
        guard let hours = number(in: 0...maximumHours) else { return nil }
        var seconds = hours * 3_600
        if take(":") {
            guard let minutes = number(in: 0...59) else { return nil }
            seconds += minutes * 60
            if take(":") {
                guard let rest = number(in: 0...59) else { return nil }
                seconds += rest
            }
        }
        return isNegative ? -seconds : seconds
    }

    /// `date[/time]`; two o'clock where no time is given.
    mutating func change() -> PosixZoneRule.Change? {
        guard let day = day() else { return nil }
        guard take("/") else { return PosixZoneRule.Change(day: day, second: 7_200) }
        guard let second = signedTime(maximumHours: 167) else { return nil }
        return PosixZoneRule.Change(day: day, second: second)
    }

    private mutating func day() -> PosixZoneRule.Change.Day? {
        if take("J") { return number(in: 1...365).map { .julian($0) } }
        guard take("M") else { return number(in: 0...365).map { .ordinal($0) } }
        guard let month = number(in: 1...12), take("."), let week = number(in: 1...5), take("."),
            let weekday = number(in: 0...6)
        else { return nil }
        return .weekday(month: month, week: week, weekday: weekday)
    }

    private mutating func number(in range: ClosedRange<Int>) -> Int? {
        let start = offset
        var value = 0
        while offset < bytes.count, offset - start < 3, bytes[offset] >= 0x30, bytes[offset] <= 0x39 {
            value = value * 10 + Int(bytes[offset] - 0x30)
            offset += 1
        }
        return offset > start && range.contains(value) ? value : nil
    }

    private func isLetter(_ byte: UInt8) -> Bool {
        let upper = byte & 0xDF
        return upper >= UInt8(ascii: "A") && upper <= UInt8(ascii: "Z")
    }
}
