import ICalendar

/// What an element above or at the records means to a dialect.
enum ElementRole {
    /// Records or context may be inside.
    case descend
    /// It holds one record.
    case record
    /// It holds something that the records need to be understood.
    case context
    /// Nothing inside matters.
    case skip
}

/// How one vocabulary is read: which elements are records, and what they mean.
protocol DialectReader {
    static var dialect: XMLDialect { get }
    /// The namespaces of the names inside a record.
    static var namespaces: [XMLNamespace] { get }

    /// The meaning of an element outside of records. `path` holds the open elements above it, the root first.
    mutating func role(of name: XMLName, _ namespace: XMLNamespace, path: [XMLTag]) -> ElementRole

    /// Takes in an element of the role `descend`, with its attributes.
    mutating func enter(_ tag: XMLTag, path: [XMLTag])

    /// Takes in an element of the role `context`.
    mutating func note(_ context: XMLRecord, path: [XMLTag])

    /// Calls `item` for each thing that the record holds.
    mutating func read(_ record: XMLRecord, path: [XMLTag], item: (XMLItem) -> Void)

    /// Takes in that there is text between the elements outside of records, as far as `forbidsText` wants it told.
    mutating func noteText(line: Int)
    static var forbidsText: Bool { get }

    var sourceName: String? { get }
    var defaultZone: String? { get }
    var mode: XMLReading.Mode { get }
    /// Why the file as a whole says nothing about bookings, though it is well-formed; `nil` where it does.
    var refusal: XMLDiagnostic? { get }
    /// Findings about the file as a whole, at most `keptDiagnostics`.
    var diagnostics: [XMLDiagnostic] { get }
}

extension DialectReader {
    func enter(_ tag: XMLTag, path: [XMLTag]) {}
    func noteText(line: Int) {}
    static var forbidsText: Bool { false }
    var refusal: XMLDiagnostic? { nil }
    static var keptDiagnostics: Int { 100 }
}

extension XMLDialect {
    /// A reader for the dialect that the root element belongs to; `nil` for an unknown one.
    ///
    /// - Parameter zones: for dialects that write instants where a series follows a zone's clock.
    static func reader(for root: XMLTag, zones: TimeZoneResolver?) -> (any DialectReader)? {
        let native: (any DialectReader)? = NativeDialect(root: root)
        return native ?? XCalDialect(root: root, zones: zones) ?? CalDAVDialect(root: root)
            ?? ExchangeDialect(root: root, zones: zones) ?? ScheduleDialect(root: root)
    }
}
