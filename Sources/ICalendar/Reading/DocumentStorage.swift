/// One content line: 16 bytes, no object and no `String`.
///
/// It ends one byte before the next record's `start`; the table closes with a record that only says so.
struct LineRecord {
    /// Offset into the unfolded text where the line begins, with its group if it has one.
    var start: UInt32
    /// Offset of the first byte of the value.
    var value: UInt32
    /// The line of the document where it begins, from 1, counted before unfolding.
    var documentLine: UInt32
    /// Bytes of the name, with its group.
    var nameLength: UInt16
    var kind: PropertyKind
    var flags: Flags

    struct Flags: OptionSet {
        let rawValue: UInt8
        /// `group.NAME`.
        static let grouped = Flags(rawValue: 1)
        /// Not UTF-8: its bytes are Windows-1252.
        static let windows1252 = Flags(rawValue: 2)
    }
}

/// One component; the table is in document order, so that a component's parts follow it directly.
struct ComponentRecord {
    /// Index of its BEGIN line.
    var firstLine: UInt32
    /// Index after its last line, END included if it has one.
    var endLine: UInt32 = 0
    /// Index after the last component inside it.
    var endComponent: UInt32 = 0
    var kind: ComponentKind
    var flags: Flags = []

    struct Flags: OptionSet {
        let rawValue: UInt8
        /// Its own END was there.
        static let ended = Flags(rawValue: 1)
        /// The document ended before it did.
        static let cut = Flags(rawValue: 2)
        /// It reached a limit, so that what is kept of it is not all of it.
        static let overLimit = Flags(rawValue: 4)
        /// Not inside another component.
        static let outermost = Flags(rawValue: 8)
    }
}

/// The unfolded text of a document and its two tables, shared by all views.
final class DocumentStorage: Sendable {
    /// Content lines as they are read: unfolded, one LF between them, none after the last.
    let text: [UInt8]
    let lines: [LineRecord]
    let components: [ComponentRecord]
    let dialect: Dialect
    let limits: Limits

    init(
        text: [UInt8], lines: [LineRecord], components: [ComponentRecord], dialect: Dialect, limits: Limits
    ) {
        self.text = text
        self.lines = lines
        self.components = components
        self.dialect = dialect
        self.limits = limits
    }

    /// The whole line at `index`.
    func range(ofLine index: Int) -> Range<Int> {
        Int(lines[index].start)..<Int(lines[index + 1].start) - 1
    }

    /// Between the colon and the end of the line.
    func range(ofValue index: Int) -> Range<Int> {
        Int(lines[index].value)..<Int(lines[index + 1].start) - 1
    }

    /// Between the name and the colon, the first semicolon included; empty without parameters.
    func range(ofParameters index: Int) -> Range<Int> {
        let line = lines[index]
        let nameEnd = Int(line.start) + Int(line.nameLength)
        return nameEnd..<max(nameEnd, Int(line.value) - 1)
    }

    /// Without the group.
    func range(ofName index: Int) -> Range<Int> {
        let line = lines[index]
        let end = Int(line.start) + Int(line.nameLength)
        guard line.flags.contains(.grouped) else { return Int(line.start)..<end }
        var start = end
        while start > Int(line.start), text[start - 1] != ASCII.period { start -= 1 }
        return start..<end
    }

    /// Bytes of the line at `index` as text, in the encoding that the line has.
    func string(_ range: Range<Int>, ofLine index: Int) -> String {
        let text = text
        guard lines[index].flags.contains(.windows1252) else { return text.span.string(range) }
        return Windows1252.string(text[range])
    }
}
