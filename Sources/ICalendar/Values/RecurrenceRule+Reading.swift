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
    /// A bit for each part that was read.
    private var seen: UInt32 = 0

    /// The parts of a rule by their names, X-parts aside.
    private enum Part: UInt32, CaseIterable {
        case frequency, interval, count, until, weekStart, bySecond, byMinute, byHour, byDay, byMonthDay, byYearDay
        case byWeekNumber, byMonth, bySetPosition, scale, skip

        var name: String {
            switch self {
            case .frequency: "FREQ"
            case .interval: "INTERVAL"
            case .count: "COUNT"
            case .until: "UNTIL"
            case .weekStart: "WKST"
            case .bySecond: "BYSECOND"
            case .byMinute: "BYMINUTE"
            case .byHour: "BYHOUR"
            case .byDay: "BYDAY"
            case .byMonthDay: "BYMONTHDAY"
            case .byYearDay: "BYYEARDAY"
            case .byWeekNumber: "BYWEEKNO"
            case .byMonth: "BYMONTH"
            case .bySetPosition: "BYSETPOS"
            case .scale: "RSCALE"
            case .skip: "SKIP"
            }
        }

        var bit: UInt32 { 1 << rawValue }

        static let names = NameTable<Self>(allCases.map { ($0.name, $0) })
    }

    /// The value is read in upper case.
    init(_ bytes: some Collection<UInt8>) {
        // Copied first, which is quick for any collection.
        var copy = Array(bytes)
        var span = copy.mutableSpan
        for index in span.indices { span[index] = ASCII.uppercased(span[index]) }
        self.bytes = copy
    }

    /// `recur = recur-rule-part *( ";" recur-rule-part )`
    mutating func read() throws(ICalendarError) -> RecurrenceRule {
        // No part of the reader, from which it would have to be copied: it has many lists.
        var rule = RecurrenceRule(frequency: .yearly)
        skipPropertyName()
        while offset < bytes.count {
            skipSpaces()
            if take(";") { continue }
            guard offset < bytes.count else { break }
            try part(of: &rule)
            skipSpaces()
            guard offset == bytes.count || take(";") else { throw unexpectedByte() }
        }
        guard seen & Part.frequency.bit != 0 else {
            throw ICalendarError(
                bytes.isEmpty ? .empty : .missingPart, offset: offset, "the rule has no FREQ")
        }
        return rule
    }

    private mutating func part(of rule: inout RecurrenceRule) throws(ICalendarError) {
        let start = offset
        let name = word()
        skipSpaces()
        guard !name.isEmpty, take("=") else { throw unexpectedByte() }
        skipSpaces()
        guard let part = Part.names.kind(bytes.span, name) else { return try otherPart(name) }
        guard seen & part.bit == 0 else {
            throw ICalendarError(.repeatedPart, offset: start, "\(part.name) is there twice")
        }
        seen |= part.bit
        switch part {
        case .frequency: rule.frequency = try frequency()
        case .interval: rule.interval = try number(in: 1...Self.greatestNumber)
        case .count: try end(.count(number(in: 1...Self.greatestNumber)), of: &rule, start)
        case .until: try end(.until(until()), of: &rule, start)
        case .weekStart: rule.weekStart = try weekday()
        case .bySecond: rule.bySecond = try list(in: 0...60)
        case .byMinute: rule.byMinute = try list(in: 0...59)
        case .byHour: rule.byHour = try list(in: 0...23)
        case .byDay:
            rule.byDay = try list { (reader: inout Self) throws(ICalendarError) in try reader.weekdayNumber() }
        case .byMonthDay: rule.byMonthDay = try list(in: -31...31, zero: false)
        case .byYearDay: rule.byYearDay = try list(in: -366...366, zero: false)
        case .byWeekNumber: rule.byWeekNumber = try list(in: -53...53, zero: false)
        case .byMonth: rule.byMonth = try list(in: 1...12)
        case .bySetPosition: rule.bySetPosition = try list(in: -366...366, zero: false)
        case .scale: try expect("GREGORIAN", of: part)
        case .skip: try expect("OMIT", of: part)
        }
    }

    /// X-parts are passed over.
    private mutating func otherPart(_ name: Range<Int>) throws(ICalendarError) {
        guard text(name).hasPrefix("X-") else {
            throw ICalendarError(.unknownPart, offset: name.lowerBound, "\(text(name)) is no part of a rule")
        }
        while offset < bytes.count, bytes[offset] != UInt8(ascii: ";") { offset += 1 }
    }

    private func end(
        _ end: RecurrenceRule.End, of rule: inout RecurrenceRule, _ start: Int
    ) throws(ICalendarError) {
        guard rule.end == .never else {
            throw ICalendarError(.contradiction, offset: start, "COUNT and UNTIL exclude each other")
        }
        rule.end = end
    }

    /// `RSCALE` and `SKIP` of RFC 7529 §4 may say what holds anyway.
    private mutating func expect(_ expected: String, of part: Part) throws(ICalendarError) {
        let value = word()
        guard text(value) == expected else {
            throw ICalendarError(
                .unsupported, offset: value.lowerBound, "\(part.name)=\(text(value)) is not supported")
        }
    }

    private mutating func frequency() throws(ICalendarError) -> RecurrenceRule.Frequency {
        let name = word()
        guard let frequency = RecurrenceRule.Frequency.names.kind(bytes.span, name) else {
            throw ICalendarError(.unknownPart, offset: name.lowerBound, "\(text(name)) is no frequency")
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
        let name = word()
        guard let weekday = Weekday.codes.kind(bytes.span, name) else {
            throw ICalendarError(.unknownPart, offset: name.lowerBound, "\(text(name)) is no day of the week")
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
    private mutating func word() -> Range<Int> {
        let start = offset
        while offset < bytes.count, isWordByte(bytes[offset]) { offset += 1 }
        return start..<offset
    }

    private func text(_ word: Range<Int>) -> String { String(decoding: bytes[word], as: UTF8.self) }

    private mutating func skipPropertyName() {
        guard let colon = bytes.span.firstIndexNear(of: ASCII.colon, in: bytes.indices) else { return }
        skipSpaces()
        let name = text(word())
        skipSpaces()
        offset = offset == colon && ["RRULE", "EXRULE"].contains(name) ? colon + 1 : 0
    }

    @inline(__always)
    private mutating func skipSpaces() {
        while offset < bytes.count, ASCII.isBlank(bytes[offset]) { offset += 1 }
    }

    @inline(__always)
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
