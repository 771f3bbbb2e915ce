/// What the parameters of a property say about the times in its value.
struct TimeProperty {
    /// TZID as it is written; empty for none.
    var tzid = ""
    /// `RANGE=THISANDFUTURE` (RFC 5545 §3.2.13).
    var appliesToFuture = false
    /// What VALUE says; `nil` without it, or with something else.
    private var valueType: ValueType?
    private let dialect: Dialect

    private enum ValueType { case date, dateTime, period }

    init(_ storage: DocumentStorage, _ line: Int) {
        var zoneNames = storage.zoneNames
        self.init(storage, line, &zoneNames)
    }

    init(_ storage: DocumentStorage, _ line: Int, _ zoneNames: inout ZoneNameMemory) {
        dialect = storage.dialect
        guard storage.lines[line].flags.contains(.parameters) else { return }
        let parameters = storage.range(ofParameters: line)
        let text = storage.text
        let span = text.span
        if let name = Self.onlyZone(span, parameters) {
            tzid = zoneNames.name(name, ofOnly: parameters, ofLine: line, storage, span)
            return
        }
        var cursor = ParameterCursor(parameters)
        while cursor.next(span) {
            switch cursor.name {
            case .zoneID: tzid = storage.parameterValue(cursor.value, ofLine: line)
            case .value:
                let value = ParameterValue.single(span, cursor.value)
                if span.matches(value, "DATE") { valueType = .date }
                if span.matches(value, "DATE-TIME") { valueType = .dateTime }
                if span.matches(value, "PERIOD") { valueType = .period }
            case .range:
                appliesToFuture = span.matches(ParameterValue.single(span, cursor.value), "THISANDFUTURE")
            case _: break
            }
        }
    }

    /// The value of TZID where it is the only parameter, as it nearly always is, and nothing in it is escaped.
    @inline(__always)
    fileprivate static func onlyZone(_ bytes: Span<UInt8>, _ parameters: Range<Int>) -> Range<Int>? {
        guard parameters.count > 6, WordBytes.prefix(bytes.word(at: parameters.lowerBound), 6) == onlyZonePrefix
        else { return nil }
        let name = parameters.lowerBound &+ 6..<parameters.upperBound
        // A quote has another at the end; blanks at the ends do not count.
        guard ASCII.isNameByte(bytes[name.lowerBound]), !ASCII.isBlank(bytes[name.upperBound &- 1]),
            bytes.firstIndex(of: ASCII.semicolon, or: ASCII.caret, in: name) == nil
        else { return nil }
        return name
    }

    /// `;TZID=`
    private static let onlyZonePrefix: UInt64 = 0x3D_44_49_5A_54_3B

    /// One time; what its form or VALUE lacks is accepted as the dialect says.
    func time(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(ICalendarError) -> TimeReader.Reading {
        var reading = try TimeReader.time(bytes, range, tzid: tzid)
        switch (reading.time, valueType) {
        case (.date, .date): break
        // A date without VALUE=DATE can mean nothing else.
        case (.date, _): reading.isLoose = true
        case (.floating(let local), .date), (.utc(let local), .date), (.zoned(let local, _), .date):
            reading.isLoose = true
            // The time is written as midnight by producers that mean a date.
            if local.secondOfDay == 0 { reading.time = .date(local.date) }
        case (.floating, _), (.utc, _), (.zoned, _): break
        }
        guard !reading.isLoose || dialect.acceptsLooseTimes else {
            let message = "not in the form of RFC 5545: \(Excerpt.text(bytes, range))"
            throw ICalendarError(.unexpectedByte, offset: 0, message)
        }
        return reading
    }

    /// One RDATE: a time, or `period = start "/" (end / duration)` (§3.3.9).
    func recurrenceDate(
        _ bytes: Span<UInt8>, _ range: Range<Int>
    ) throws(ICalendarError) -> (date: Event.RecurrenceDate, isLoose: Bool) {
        guard let slash = bytes.firstIndex(of: ASCII.slash, in: range) else {
            let reading = try time(bytes, range)
            return (Event.RecurrenceDate(start: reading.time), reading.isLoose || valueType == .period)
        }
        let start = try time(bytes, range.lowerBound..<slash)
        let second = slash + 1..<range.upperBound
        guard let first = second.first, ASCII.isDigit(bytes[first]) else {
            let duration = try DurationReader.duration(bytes, second)
            return (Event.RecurrenceDate(start: start.time, period: .duration(duration)), start.isLoose)
        }
        let end = try time(bytes, second)
        let isLoose = start.isLoose || end.isLoose || valueType != .period
        return (Event.RecurrenceDate(start: start.time, period: .end(end.time)), isLoose)
    }
}

/// The TZID that was read last: nearly all times of a document name the same, and comparing its bytes costs less than
/// making a `String`.
struct ZoneNameMemory {
    private var name = ""
    /// Where `;TZID=` and the name are.
    private var parameters = 0..<0

    /// The TZID of the first DTSTART that has any: that of nearly all times of the document.
    init(_ text: [UInt8], _ lines: [LineRecord]) {
        guard let first = lines.first(where: { $0.kind == .start && $0.flags == .parameters }),
            let value = first.nearValue
        else { return }
        let parameters = Int(first.start) + first.kind.timeNameLength..<value.lowerBound - 1
        guard let place = TimeProperty.onlyZone(text.span, parameters) else { return }
        (name, self.parameters) = (text.span.string(place), parameters)
    }

    /// The TZID at `place` of the text, the only one of `parameters`.
    mutating func name(
        _ place: Range<Int>, ofOnly parameters: Range<Int>, ofLine line: Int, _ storage: DocumentStorage,
        _ text: Span<UInt8>
    ) -> String {
        // The same bytes are another name in another encoding.
        guard !storage.lines[line].flags.contains(.windows1252) else { return storage.string(place, ofLine: line) }
        if !text.areEqual(parameters, text, self.parameters) {
            (name, self.parameters) = (text.string(place), parameters)
        }
        return name
    }

    /// Keeps the TZID of a line that has one, and no other parameter.
    @inline(__always)
    mutating func learn(_ line: Int, _ storage: DocumentStorage) {
        let record = storage.lines[line]
        let parameters = Int(record.start) &+ record.kind.timeNameLength..<storage.range(ofValue: line).lowerBound &- 1
        let text = storage.text
        if !text.span.areEqual(parameters, text.span, self.parameters) { _ = TimeProperty(storage, line, &self) }
    }

    /// The DATE-TIME of a line in the form of the standard, without parameters or with the TZID read last alone; `nil`
    /// for any other line.
    @inline(__always)
    func plainTime(ofLine line: Int, _ storage: DocumentStorage, _ text: Span<UInt8>) -> CalendarTime? {
        let record = storage.lines[line]
        guard record.flags.isSubset(of: .parameters), let value = record.nearValue,
            let (local, isUTC) = TimeReader.plainTime(text, value)
        else { return nil }
        guard record.flags.contains(.parameters) else { return isUTC ? .utc(local) : .floating(local) }
        // A name of another length, with a group or blanks, has no semicolon there.
        let nameLength = record.kind.timeNameLength
        guard nameLength > 0, record.valueOffset > nameLength,
            text.areEqual(Int(record.start) &+ nameLength..<value.lowerBound &- 1, text, parameters)
        else { return nil }
        return isUTC ? .utc(local) : .zoned(local, tzid: name)
    }
}
