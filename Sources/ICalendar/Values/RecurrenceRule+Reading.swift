extension RecurrenceRule {
    /// Reads a RECUR value (RFC 5545 §3.3.10).
    ///
    /// Tolerated: lower case, spaces around parts, empty parts, a leading `RRULE:` or `EXRULE:`, X-parts (ignored).
    /// `RSCALE=GREGORIAN` and `SKIP=OMIT` (RFC 7529) say what holds anyway; other scales and skips are `.unsupported`.
    public init(_ bytes: some Collection<UInt8>) throws(ICalendarError) {
        var reader = RecurrenceRuleReader(bytes)
        self = try reader.read()
    }
}

/// A cursor over one RECUR value, one function for each rule of its grammar.
private struct RecurrenceRuleReader {
    private let bytes: [UInt8]
    private var offset = 0
    private var rule = RecurrenceRule(frequency: .yearly)
    /// The parts read so far; a rule has few.
    private var seen: [String] = []

    /// The value is read in upper case.
    init(_ bytes: some Collection<UInt8>) {
        // Copied first, which is quick for any collection.
        var copy = Array(bytes)
        for index in copy.indices where copy[index] >= UInt8(ascii: "a") && copy[index] <= UInt8(ascii: "z") {
            copy[index] &= 0xDF
        }
        self.bytes = copy
    }

    /// `recur = recur-rule-part *( ";" recur-rule-part )`
    mutating func read() throws(ICalendarError) -> RecurrenceRule {
        skipPropertyName()
        while offset < bytes.count {
            skipSpaces()
            if take(";") { continue }
            guard offset < bytes.count else { break }
            try part()
            skipSpaces()
            guard offset == bytes.count || take(";") else { throw unexpectedByte() }
        }
        guard seen.contains("FREQ") else {
            throw ICalendarError(
                bytes.isEmpty ? .empty : .missingPart, offset: offset, "the rule has no FREQ")
        }
        return rule
    }

    private mutating func part() throws(ICalendarError) {
        let start = offset
        let name = word()
        skipSpaces()
        guard !name.isEmpty, take("=") else { throw unexpectedByte() }
        skipSpaces()
        guard !seen.contains(name) || name.hasPrefix("X-") else {
            throw ICalendarError(.repeatedPart, offset: start, "\(name) is there twice")
        }
        seen.append(name)
        switch name {
        case "FREQ": rule.frequency = try frequency()
        case "INTERVAL": rule.interval = try number(in: 1...Self.greatestNumber)
        case "COUNT": try end(.count(number(in: 1...Self.greatestNumber)), start)
        case "UNTIL": try end(.until(until()), start)
        case "BYDAY":
            rule.byDay = try list { (reader: inout Self) throws(ICalendarError) in try reader.weekdayNumber() }
        case "WKST": rule.weekStart = try weekday()
        case "RSCALE", "SKIP": try scale(name)
        default: try numbers(name, start)
        }
    }

    private mutating func numbers(_ name: String, _ start: Int) throws(ICalendarError) {
        switch name {
        case "BYSECOND": rule.bySecond = try list(in: 0...60)
        case "BYMINUTE": rule.byMinute = try list(in: 0...59)
        case "BYHOUR": rule.byHour = try list(in: 0...23)
        case "BYMONTHDAY": rule.byMonthDay = try list(in: -31...31, zero: false)
        case "BYYEARDAY": rule.byYearDay = try list(in: -366...366, zero: false)
        case "BYWEEKNO": rule.byWeekNumber = try list(in: -53...53, zero: false)
        case "BYMONTH": rule.byMonth = try list(in: 1...12)
        case "BYSETPOS": rule.bySetPosition = try list(in: -366...366, zero: false)
        case _ where name.hasPrefix("X-"):
            while offset < bytes.count, bytes[offset] != UInt8(ascii: ";") { offset += 1 }
        default: throw ICalendarError(.unknownPart, offset: start, "\(name) is no part of a rule")
        }
    }

    private mutating func end(_ end: RecurrenceRule.End, _ start: Int) throws(ICalendarError) {
        guard rule.end == .never else {
            throw ICalendarError(.contradiction, offset: start, "COUNT and UNTIL exclude each other")
        }
        rule.end = end
    }

    /// `RSCALE` and `SKIP` of RFC 7529 §4.
    private mutating func scale(_ name: String) throws(ICalendarError) {
        let start = offset
        let value = word()
        guard value == (name == "RSCALE" ? "GREGORIAN" : "OMIT") else {
            throw ICalendarError(.unsupported, offset: start, "\(name)=\(value) is not supported")
        }
    }

    private mutating func frequency() throws(ICalendarError) -> RecurrenceRule.Frequency {
        let start = offset
        let name = word()
        guard let frequency = RecurrenceRule.Frequency(name: name) else {
            throw ICalendarError(.unknownPart, offset: start, "\(name) is no frequency")
        }
        return frequency
    }

    /// `weekdaynum = [[plus / minus] ordwk] weekday`
    private mutating func weekdayNumber() throws(ICalendarError) -> RecurrenceRule.WeekdayNumber {
        guard offset < bytes.count, isDigit(bytes[offset]) || isSign(bytes[offset]) else {
            return RecurrenceRule.WeekdayNumber(weekday: try weekday())
        }
        let ordinal = try number(in: -53...53, zero: false)
        skipSpaces()
        return RecurrenceRule.WeekdayNumber(ordinal: ordinal, weekday: try weekday())
    }

    private mutating func weekday() throws(ICalendarError) -> Weekday {
        let start = offset
        let name = word()
        guard let weekday = Weekday(code: name) else {
            throw ICalendarError(.unknownPart, offset: start, "\(name) is no day of the week")
        }
        return weekday
    }

    /// `enddate = date / date-time`; a second of 60 is read as the one before it.
    private mutating func until() throws(ICalendarError) -> CalendarTime {
        let start = offset
        let (year, month, day) = (try digits(4), try digits(2), try digits(2))
        guard let date = CalendarDate(year: year, month: month, day: day) else {
            throw ICalendarError(.noSuchDate, offset: start, "UNTIL names a day that the calendar does not have")
        }
        guard take("T") else { return .date(date) }
        let timeStart = offset
        let (hour, minute, second) = (try digits(2), try digits(2), try digits(2))
        guard hour < 24, minute < 60, second <= 60,
            let local = LocalDateTime(date: date, secondOfDay: hour * 3_600 + minute * 60 + min(second, 59))
        else { throw ICalendarError(.noSuchTime, offset: timeStart, "UNTIL names a time that a day does not have") }
        return take("Z") ? .utc(local) : .floating(local)
    }

    private mutating func digits(_ count: Int) throws(ICalendarError) -> Int {
        var value = 0
        for _ in 0..<count {
            guard offset < bytes.count, isDigit(bytes[offset]) else { throw unexpectedByte() }
            value = value * 10 + Int(bytes[offset] - UInt8(ascii: "0"))
            offset += 1
        }
        return value
    }

    private mutating func list(in range: ClosedRange<Int>, zero: Bool = true) throws(ICalendarError) -> [Int] {
        try list { (reader: inout Self) throws(ICalendarError) in try reader.number(in: range, zero: zero) }
    }

    /// `element *( "," element )`
    private mutating func list<Element>(
        of element: (inout Self) throws(ICalendarError) -> Element
    ) throws(ICalendarError) -> [Element] {
        var elements: [Element] = []
        repeat {
            skipSpaces()
            elements.append(try element(&self))
            skipSpaces()
        } while take(",")
        return elements
    }

    /// More than any real rule has, and small enough to multiply with seconds without overflow.
    private static let greatestNumber = 999_999_999

    private mutating func number(in range: ClosedRange<Int>, zero: Bool = true) throws(ICalendarError) -> Int {
        let start = offset
        let isNegative = offset < bytes.count && bytes[offset] == UInt8(ascii: "-")
        if offset < bytes.count, isSign(bytes[offset]) { offset += 1 }
        guard offset < bytes.count, isDigit(bytes[offset]) else { throw unexpectedByte() }
        var value = 0
        while offset < bytes.count, isDigit(bytes[offset]) {
            value = min(value * 10 + Int(bytes[offset] - UInt8(ascii: "0")), Self.greatestNumber + 1)
            offset += 1
        }
        if isNegative { value = -value }
        guard range.contains(value), zero || value != 0 else {
            throw ICalendarError(
                .outOfRange, offset: start, "\(value) is outside \(range.lowerBound)...\(range.upperBound)")
        }
        return value
    }

    /// Letters, digits and hyphens from here on.
    private mutating func word() -> String {
        let start = offset
        while offset < bytes.count, isWordByte(bytes[offset]) { offset += 1 }
        return String(decoding: bytes[start..<offset], as: UTF8.self)
    }

    private mutating func skipPropertyName() {
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else { return }
        skipSpaces()
        let name = word()
        skipSpaces()
        offset = offset == colon && ["RRULE", "EXRULE"].contains(name) ? colon + 1 : 0
    }

    private mutating func skipSpaces() {
        while offset < bytes.count, bytes[offset] == UInt8(ascii: " ") || bytes[offset] == UInt8(ascii: "\t") {
            offset += 1
        }
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard offset < bytes.count, bytes[offset] == UInt8(ascii: scalar) else { return false }
        offset += 1
        return true
    }

    private func unexpectedByte() -> ICalendarError {
        guard offset < bytes.count else {
            return ICalendarError(.unexpectedEnd, offset: offset, "the rule ends too early")
        }
        let byte = bytes[offset]
        let shown = byte > 0x20 && byte < 0x7F ? "\"\(Character(Unicode.Scalar(byte)))\"" : "byte \(byte)"
        return ICalendarError(.unexpectedByte, offset: offset, "\(shown) is not allowed here in a rule")
    }
}

private func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

private func isSign(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") }

private func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"): true
    default: isDigit(byte)
    }
}
