extension RecurrenceRule {
    /// Reads a rule in the grammar of vCalendar 1.0 (versit, 1996, §2.1.8), such as `MP1 1+ SU #3`.
    ///
    /// A rule that says no end makes two occurrences there, and `#0` is for ever. What RFC 5545 cannot express is
    /// `.unsupported`: rules inside of rules, `$`, different times on different days, both a number and an end date.
    ///
    /// - Throws: ``ICalendarError`` with the place in the value.
    public init(vCalendar bytes: some Collection<UInt8>) throws(ICalendarError) {
        var reader = VCalendarRuleReader(bytes)
        self = try reader.read()
    }

    /// Whether a value begins as a rule of vCalendar 1.0 does: with a letter or two and the interval.
    static func isVCalendar(_ bytes: some Collection<UInt8>) -> Bool {
        var word = bytes.drop(while: ASCII.isBlank).makeIterator()
        guard let first = word.next(), let second = word.next() else { return false }
        switch (first, second) {
        case (UInt8(ascii: "D"), _), (UInt8(ascii: "W"), _): return ASCII.isDigit(second)
        case (UInt8(ascii: "M"), UInt8(ascii: "P")), (UInt8(ascii: "M"), UInt8(ascii: "D")),
            (UInt8(ascii: "Y"), UInt8(ascii: "M")), (UInt8(ascii: "Y"), UInt8(ascii: "D")):
            return word.next().map(ASCII.isDigit) ?? false
        case (_, _): return false
        }
    }
}

/// Reads one rule word by word; words stand between blanks.
private struct VCalendarRuleReader {
    enum Pattern: String, CaseIterable {
        case daily = "D"
        case weekly = "W"
        case monthlyByPosition = "MP"
        case monthlyByDay = "MD"
        case yearlyByMonth = "YM"
        case yearlyByDay = "YD"
    }

    private struct Word {
        var offset: Int
        var bytes: ArraySlice<UInt8>

        func error(_ code: ICalendarError.Code, _ message: String) -> ICalendarError {
            ICalendarError(code, offset: offset, "\(Excerpt.text(String(decoding: bytes, as: UTF8.self))) \(message)")
        }
    }

    private var words: ArraySlice<Word>
    private let length: Int
    private var rule = RecurrenceRule(frequency: .yearly)
    private var hasEnd = false
    /// Of a position such as `1+`: all that stand before the weekdays that they belong to.
    private var positions: [Int] = []
    private var positionsHaveWeekday = false
    private var dayCount = 0
    /// Times of day as `hhmm`: a list for each day that has any.
    private var times: [[Int]] = []
    private var nextTimeIsOfNewDay = true

    init(_ bytes: some Collection<UInt8>) {
        let upper = bytes.map(ASCII.uppercased)
        length = upper.count
        words = upper.split(whereSeparator: ASCII.isBlank).map { Word(offset: $0.startIndex, bytes: $0) }[...]
    }

    /// `pattern interval *(word) [end]`
    mutating func read() throws(ICalendarError) -> RecurrenceRule {
        guard let first = words.popFirst() else { throw ICalendarError(.empty, offset: 0, "the rule is empty") }
        let pattern = try pattern(first)
        while let word = words.popFirst() { try read(word, pattern) }
        guard positions.isEmpty || positionsHaveWeekday else {
            throw ICalendarError(.missingPart, offset: length, "the rule names a position and no day of the week")
        }
        let isPlaced = pattern == .monthlyByPosition ? !rule.byDay.isEmpty : !rule.byYearDay.isEmpty
        guard isPlaced || (pattern != .monthlyByPosition && pattern != .yearlyByDay) else {
            throw ICalendarError(.missingPart, offset: length, "the rule does not say on which days")
        }
        if !hasEnd { rule.end = .count(2) }
        try takeTimes()
        return rule
    }

    private mutating func pattern(_ word: Word) throws(ICalendarError) -> Pattern {
        let letters = word.bytes.prefix { !ASCII.isDigit($0) }
        guard let pattern = Pattern(rawValue: String(decoding: letters, as: UTF8.self)) else {
            throw word.error(.unknownPart, "is no beginning of a rule")
        }
        rule.interval = try number(word, word.bytes.dropFirst(letters.count), in: 1...999_999_999)
        switch pattern {
        case .daily: rule.frequency = .daily
        case .weekly: rule.frequency = .weekly
        case .monthlyByPosition, .monthlyByDay: rule.frequency = .monthly
        case .yearlyByMonth, .yearlyByDay: rule.frequency = .yearly
        }
        return pattern
    }

    private mutating func read(_ word: Word, _ pattern: Pattern) throws(ICalendarError) {
        guard word.bytes.last != UInt8(ascii: "$") else { throw word.error(.unsupported, "is not supported") }
        if word.bytes.first == UInt8(ascii: "#") { return try duration(word) }
        if word.bytes.count >= 8, word.bytes.allSatisfy({ ASCII.isDigit($0) || [0x54, 0x5A].contains($0) }) {
            return try until(word)
        }
        if word.bytes.count == 4, word.bytes.allSatisfy(ASCII.isDigit) { return try time(word) }
        let isPosition = pattern == .monthlyByPosition && word.bytes.first.map(ASCII.isDigit) == true
        guard !isPosition else { return try position(word) }
        dayCount += 1
        nextTimeIsOfNewDay = true
        switch pattern {
        case .daily: throw word.error(.unsupported, "is not supported in a daily rule")
        case .weekly: rule.byDay.append(RecurrenceRule.WeekdayNumber(weekday: try weekday(word)))
        case .monthlyByPosition: try placedWeekday(word)
        case .monthlyByDay:
            rule.byMonthDay.append(word.bytes.elementsEqual("LD".utf8) ? -1 : try signed(word, in: 1...31))
        case .yearlyByMonth: rule.byMonth.append(try number(word, word.bytes, in: 1...12))
        case .yearlyByDay: rule.byYearDay.append(try number(word, word.bytes, in: 1...366))
        }
    }

    /// `#n`: so many occurrences, the start included; `#0` for ever.
    private mutating func duration(_ word: Word) throws(ICalendarError) {
        let count = try number(word, word.bytes.dropFirst(), in: 0...999_999_999)
        try takeEnd(count == 0 ? .never : .count(count), word)
    }

    private mutating func until(_ word: Word) throws(ICalendarError) {
        let time: CalendarTime
        do throws(ICalendarError) {
            time = try CalendarTime(word.bytes)
        } catch {
            throw ICalendarError(error.code, offset: word.offset + error.offset, error.message)
        }
        try takeEnd(.until(time), word)
    }

    private mutating func takeEnd(_ end: RecurrenceRule.End, _ word: Word) throws(ICalendarError) {
        guard !hasEnd else { throw word.error(.unsupported, "is a second end, which is not supported") }
        rule.end = end
        hasEnd = true
    }
}

// MARK: - Days and times

extension VCalendarRuleReader {
    /// `1+`, `2-`: of the weekdays that follow.
    private mutating func position(_ word: Word) throws(ICalendarError) {
        if positionsHaveWeekday {
            positions = []
            positionsHaveWeekday = false
        }
        positions.append(try signed(word, in: 1...5))
    }

    private mutating func placedWeekday(_ word: Word) throws(ICalendarError) {
        let weekday = try weekday(word)
        guard !positions.isEmpty else { throw word.error(.missingPart, "has no position such as 1+") }
        rule.byDay += positions.map { RecurrenceRule.WeekdayNumber(ordinal: $0, weekday: weekday) }
        positionsHaveWeekday = true
    }

    private func weekday(_ word: Word) throws(ICalendarError) -> Weekday {
        guard let weekday = Weekday.codes.kind(word.bytes.span, 0..<word.bytes.count) else {
            throw word.error(.unknownPart, "is no day of the week")
        }
        return weekday
    }

    /// A number with the sign behind it: `1+` is the first, `1-` the last.
    private func signed(_ word: Word, in range: ClosedRange<Int>) throws(ICalendarError) -> Int {
        switch word.bytes.last {
        case ASCII.plus?: try number(word, word.bytes.dropLast(), in: range)
        case ASCII.hyphen?: -(try number(word, word.bytes.dropLast(), in: range))
        case _: try number(word, word.bytes, in: range)
        }
    }

    private func number(
        _ word: Word, _ digits: some Collection<UInt8>, in range: ClosedRange<Int>
    ) throws(ICalendarError) -> Int {
        guard !digits.isEmpty, digits.count < 10, digits.allSatisfy(ASCII.isDigit) else {
            throw word.error(.unexpectedByte, "has no number where one must be")
        }
        let value = digits.reduce(0) { $0 * 10 + Int($1 - ASCII.zero) }
        guard range.contains(value) else {
            throw word.error(.outOfRange, "is outside \(range.lowerBound)...\(range.upperBound)")
        }
        return value
    }

    /// `hhmm`
    private mutating func time(_ word: Word) throws(ICalendarError) {
        let time = try number(word, word.bytes, in: 0...2_359)
        guard time % 100 < 60 else { throw word.error(.noSuchTime, "is no time of day") }
        if nextTimeIsOfNewDay { times.append([]) }
        nextTimeIsOfNewDay = false
        times[times.count - 1].append(time)
    }

    /// RFC 5545 multiplies hours with minutes, so that only lists within one minute of the hour can be said.
    private mutating func takeTimes() throws(ICalendarError) {
        guard let first = times.first else { return }
        let minutes = Set(first.map { $0 % 100 })
        guard minutes.count == 1, times.allSatisfy({ $0 == first }), times.count == max(dayCount, 1) else {
            throw ICalendarError(.unsupported, offset: length, "its days have different times, which is not supported")
        }
        rule.byHour = first.map { $0 / 100 }
        rule.byMinute = Array(minutes)
    }
}
