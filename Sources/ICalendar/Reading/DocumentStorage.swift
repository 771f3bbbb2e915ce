/// One content line: 12 bytes, no object and no `String`.
struct LineRecord {
    /// Offset into the text where the line begins, with its group if it has one.
    var start: UInt32
    /// Offset after its last byte.
    var end: UInt32
    /// Bytes from `start` to the value, or `farValue` where they are as many or more.
    var valueOffset: UInt16
    var kind: PropertyKind
    var flags: Flags

    static let farValue = UInt16.max

    struct Flags: OptionSet {
        let rawValue: UInt8
        /// `group.NAME`.
        static let grouped = Flags(rawValue: 1)
        /// Not UTF-8: its bytes are Windows-1252.
        static let windows1252 = Flags(rawValue: 2)
        /// Something stands between the name and the colon.
        static let parameters = Flags(rawValue: 4)
    }

    init(_ range: Range<Int>, colon: Int, kind: PropertyKind, flags: Flags) {
        start = UInt32(truncatingIfNeeded: range.lowerBound)
        end = UInt32(truncatingIfNeeded: range.upperBound)
        let offset = colon &+ 1 &- range.lowerBound
        valueOffset = offset < Self.farValue ? UInt16(truncatingIfNeeded: offset) : Self.farValue
        self.kind = kind
        self.flags = flags
    }

    var range: Range<Int> { Int(start)..<Int(end) }

    /// Between the colon and the end of the line; `nil` where that is far.
    @inline(__always)
    var value: Range<Int>? {
        valueOffset == Self.farValue ? nil : Int(start) &+ Int(valueOffset)..<Int(end)
    }

    /// The same, looked for again.
    func farValue(_ text: Span<UInt8>) -> Range<Int> {
        let colon = text.firstColon(outsideQuotesIn: range) ?? range.upperBound - 1
        return colon + 1..<range.upperBound
    }
}

/// One component; the table is in document order, so that a component's parts follow it directly.
struct ComponentRecord {
    /// Index of its BEGIN line.
    var firstLine: UInt32
    /// The line of the document where it begins, from 1, counted before unfolding.
    var documentLine: UInt32
    /// Index after its last line, END included if it has one.
    var endLine: UInt32 = 0
    /// Index after the last component inside it.
    var endComponent: UInt32 = 0
    /// Part of the hash of its UID, with the lowest bit set; 0 without one, or with one that has to be decoded first.
    var uidHash: UInt32 = 0
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

/// The text of a document and its two tables, shared by all views.
final class DocumentStorage: Sendable {
    /// The document with each content line unfolded where it stood: what that left over is filled so that there are
    /// as many line feeds before a line as there were.
    let text: [UInt8]
    let lines: [LineRecord]
    let components: [ComponentRecord]
    /// Those of one component together.
    let unreadableLines: [UnreadableLine]
    let dialect: Dialect
    let limits: Limits

    init(
        text: [UInt8], lines: [LineRecord], components: [ComponentRecord], unreadableLines: [UnreadableLine],
        dialect: Dialect, limits: Limits
    ) {
        self.text = text
        self.lines = lines
        self.components = components
        self.unreadableLines = unreadableLines.sorted { $0.component < $1.component }
        self.dialect = dialect
        self.limits = limits
    }

    /// The whole line at `index`.
    func range(ofLine index: Int) -> Range<Int> { lines[index].range }

    /// Between the colon and the end of the line.
    @inline(__always)
    func range(ofValue index: Int) -> Range<Int> {
        lines[index].value ?? farValue(ofLine: index)
    }

    @inline(never)
    private func farValue(ofLine index: Int) -> Range<Int> {
        let text = text
        return lines[index].farValue(text.span)
    }

    /// Between the name and the colon, the first semicolon included; empty without parameters.
    @inline(__always)
    func range(ofParameters index: Int) -> Range<Int> {
        let valueStart = range(ofValue: index).lowerBound
        guard lines[index].flags.contains(.parameters) else { return valueStart &- 1..<valueStart &- 1 }
        return range(ofWholeName: lines[index]).upperBound..<valueStart &- 1
    }

    /// Without the group.
    func range(ofName index: Int) -> Range<Int> {
        let line = lines[index]
        let whole = range(ofWholeName: line)
        guard line.flags.contains(.grouped) else { return whole }
        var start = whole.upperBound
        while start > whole.lowerBound, text[start - 1] != ASCII.period { start -= 1 }
        return start..<whole.upperBound
    }

    /// With the group.
    @inline(__always)
    private func range(ofWholeName line: LineRecord) -> Range<Int> {
        let text = text
        let delimiter = text.span.firstNameDelimiter(in: line.range) ?? Int(line.end)
        return text.span.trimmed(Int(line.start)..<delimiter)
    }

    /// The line of the document where the content line at `index` begins, from 1, counted before unfolding.
    func documentLine(of index: Int) -> Int {
        let component = components[componentIndex(ofLine: index)]
        return Int(component.documentLine) + documentLines(from: Int(component.firstLine), to: index)
    }

    /// How many lines of the document lie between two content lines.
    func documentLines(from first: Int, to second: Int) -> Int {
        let text = text
        return text.span.count(of: ASCII.lineFeed, in: Int(lines[first].start)..<Int(lines[second].start))
    }

    /// The last component that begins at or before the line, by halving. Every line that is kept is in a component.
    private func componentIndex(ofLine index: Int) -> Int {
        var (low, high) = (0, components.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if components[middle].firstLine <= index { low = middle } else { high = middle }
        }
        return low
    }

    /// Bytes of the line at `index` as text, in the encoding that the line has.
    func string(_ range: Range<Int>, ofLine index: Int) -> String {
        let text = text
        guard lines[index].flags.contains(.windows1252) else { return text.span.string(range) }
        return Windows1252.string(text[range])
    }
}
