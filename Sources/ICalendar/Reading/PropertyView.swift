/// One content line of a document, decoded when it is asked for.
public struct PropertyView: Sendable {
    let storage: DocumentStorage
    /// In the table of lines.
    var index: Int
    /// What the view that goes on has learnt.
    private var zoneNames: ZoneNameMemory

    init(storage: DocumentStorage, index: Int) {
        self.storage = storage
        self.index = index
        zoneNames = storage.zoneNames
    }

    /// Goes on to another line of the document.
    @inline(__always)
    mutating func advance(to line: Int) {
        index = line
        let record = storage.lines[line]
        if record.flags == .parameters, record.kind.timeNameLength > 0 { zoneNames.learn(line, storage) }
    }

    /// Which of the known properties it is.
    public var kind: PropertyKind { storage.lines[index].kind }

    /// Its name, upper-cased, without a group.
    public var name: String {
        let kind = kind
        guard kind == .other else { return kind.rawValue }
        return storage.string(storage.range(ofName: index), ofLine: index).uppercased()
    }

    /// What stands before the name and a period, as it is written; `nil` without a group.
    public var group: String? {
        guard storage.lines[index].flags.contains(.grouped) else { return nil }
        let nameStart = storage.range(ofName: index).lowerBound
        return storage.string(Int(storage.lines[index].start)..<nameStart - 1, ofLine: index)
    }

    /// The line of the document where it begins, from 1, counted before unfolding.
    public var line: Int { storage.documentLine(of: index) }

    /// The value as it is written, unfolded; in Windows-1252 where the line is not UTF-8.
    public var valueBytes: ArraySlice<UInt8> { storage.text[storage.range(ofValue: index)] }

    /// Calls `body` with the value as it is written, unfolded: no copy is made.
    public func withValueBytes<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
        let text = storage.text
        return body(text.span.extracting(storage.range(ofValue: index)))
    }

    /// The value as it is written, unfolded, nothing unescaped.
    public var rawValue: String { storage.string(storage.range(ofValue: index), ofLine: index) }

    /// The value as TEXT (RFC 5545 §3.3.11): unescaped, quoted-printable decoded.
    public var text: String { storage.textValue(ofLine: index) }

    /// Whether the value is in the quoted-printable form of vCalendar 1.0, which ``text`` decodes.
    var isQuotedPrintable: Bool {
        let text = storage.text
        return ParameterCursor(storage.range(ofParameters: index)).areQuotedPrintable(text.span)
    }

    /// The values of a list of TEXT, separated at commas and unescaped.
    public var textList: [String] { TextValue.list(rawValue) }
}

// MARK: - Parameters

/// A parameter of a property (RFC 5545 §3.2).
public struct PropertyParameter: Hashable, Sendable {
    /// Upper-cased; empty for a word of vCalendar 1.0 that has no name.
    public var name: String
    /// Without quotes, unescaped by RFC 6868; at least one, which may be empty.
    public var values: [String]

    /// A parameter with its values unescaped, in order.
    public init(name: String, values: [String]) {
        self.name = name
        self.values = values
    }
}

extension PropertyView {
    /// All parameters, in order.
    public var parameters: [PropertyParameter] {
        let text = storage.text
        var parameters: [PropertyParameter] = []
        var cursor = ParameterCursor(storage.range(ofParameters: index))
        while cursor.next(text.span) {
            let values = ParameterValue.list(text.span, cursor.value)
            parameters.append(
                PropertyParameter(
                    name: storage.string(cursor.namePlace, ofLine: index).uppercased(),
                    values: values.map { ParameterValue.unescaped(storage.string($0, ofLine: index)) }))
        }
        return parameters
    }

    /// The value of the first parameter of this name, commas outside quotes included; case does not matter.
    public func parameter(_ name: String) -> String? {
        let text = storage.text
        let name = name.uppercased()
        var cursor = ParameterCursor(storage.range(ofParameters: index))
        while cursor.next(text.span) {
            guard text.span.matches(cursor.namePlace, name) else { continue }
            return storage.parameterValue(cursor.value, ofLine: index)
        }
        return nil
    }
}

// MARK: - Values

extension PropertyView {
    /// The value as DATE or DATE-TIME (RFC 5545 §3.3.4–5), in the zone of the TZID parameter.
    ///
    /// - Throws: ``ICalendarError`` with the place in the value. Loose forms are read in the lenient dialect only.
    public func time() throws(ICalendarError) -> CalendarTime {
        let text = storage.text
        if let plain = zoneNames.plainTime(ofLine: index, storage, text.span) { return plain }
        return try TimeProperty(storage, index).time(text.span, storage.range(ofValue: index)).time
    }

    /// The values of a list of DATE or DATE-TIME, in order; empty ones are passed over.
    public func times() throws(ICalendarError) -> [CalendarTime] {
        let text = storage.text
        let property = TimeProperty(storage, index)
        var times: [CalendarTime] = []
        var items = ListCursor(storage.range(ofValue: index))
        while let item = items.next(text.span) { times.append(try property.time(text.span, item).time) }
        return times
    }

    /// The value as DURATION (RFC 5545 §3.3.6).
    public func duration() throws(ICalendarError) -> CalendarDuration {
        let text = storage.text
        return try DurationReader.duration(text.span, storage.range(ofValue: index))
    }

    /// The value as INTEGER (RFC 5545 §3.3.8).
    public func integer() throws(ICalendarError) -> Int {
        let text = storage.text
        return try IntegerValue.integer(text.span, storage.range(ofValue: index))
    }

    /// The value as RECUR (RFC 5545 §3.3.10), or as a rule of vCalendar 1.0 where the dialect accepts that version.
    public func rule() throws(ICalendarError) -> RecurrenceRule {
        guard storage.dialect.acceptsOtherVersions, RecurrenceRule.isVCalendar(valueBytes) else {
            return try RecurrenceRule(valueBytes)
        }
        return try RecurrenceRule(vCalendar: valueBytes)
    }

    /// The value as CAL-ADDRESS (RFC 5545 §3.3.3), with its parameters.
    public var user: UserView { UserView(storage, line: index) }
}
