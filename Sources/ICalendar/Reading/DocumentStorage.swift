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
    /// The first one that it has.
    var uid = UID.none
    var kind: ComponentKind
    var flags: Flags = []

    /// What is known of a UID while it has not been decoded.
    enum UID: Equatable {
        case none
        /// The hash of a plain one.
        case hashed(UInt32)
        /// One that has to be decoded before it is compared.
        case encoded
    }

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
    /// Begins with the zone that most times are in.
    let zoneNames: ZoneNameMemory
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
        zoneNames = ZoneNameMemory(text, lines)
        self.dialect = dialect
        self.limits = limits
    }

    /// The whole line at `index`.
    func range(ofLine index: Int) -> Range<Int> {
        let text = text
        return lines[index].range(text.span)
    }

    /// Between the colon and the end of the line.
    @inline(__always)
    func range(ofValue index: Int) -> Range<Int> {
        let text = text
        return lines[index].value(text.span)
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
        let whole = line.range(text.span)
        return text.span.trimmed(whole.lowerBound..<(text.span.firstNameDelimiter(in: whole) ?? whole.upperBound))
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
