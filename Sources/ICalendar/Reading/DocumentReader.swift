/// Makes the two tables of a document in one pass over its bytes, unfolding each line where it lies.
///
/// `contentline = name *(";" param ) ":" value CRLF` (RFC 5545 §3.1). Only what follows a fold is moved, and no line
/// feed gets lost, so that the lines of the document can be counted later.
struct DocumentReader {
    let dialect: Dialect
    let limits: Limits
    /// Whether there are CRs that end a line by themselves.
    let hasBareReturns: Bool
    /// Whether some lines are not UTF-8, so that each has to be looked at.
    let checksEncoding: Bool
    var lines = LineTable()
    var components: [ComponentRecord] = []
    var diagnostics: DiagnosticList
    /// Lines in components that are not in `lines`.
    var unreadableLines: [UnreadableLine] = []
    /// The components that are open, outermost first.
    var open: [OpenComponent] = []
    /// Components beyond `Limits.nesting` that are open; what is in them is not kept.
    var openTooDeep = 0
    /// What `propertiesLeft` was before they began.
    var propertiesLeftOutsideTooDeep = 0
    /// Lines outside any component: how many, and where the first is.
    var strayLines = (count: 0, first: 0)
    /// Lines of the document that end with LF alone: how many, and where the first is.
    var bareLineEnds = (count: 0, first: 0)
    /// Lines that are not UTF-8: how many, and where the first is.
    var foreignLines = (count: 0, first: 0)

    let splitter: LineSplitter
    /// The first byte that is not yet read.
    var position = 0
    /// The line of the document that `position` is in.
    var documentLine = 1

    /// How many more properties the innermost open component may have; 0 where none is kept at all.
    var propertiesLeft = 0

    struct OpenComponent {
        var index: Int
        var kind: ComponentKind
        /// What `propertiesLeft` was for the component around it.
        var propertiesLeftOutside: Int
    }

    init(dialect: Dialect, limits: Limits, hasBareReturns: Bool, checksEncoding: Bool) {
        self.dialect = dialect
        self.limits = limits
        self.hasBareReturns = hasBareReturns
        self.checksEncoding = checksEncoding
        splitter = LineSplitter(dialect)
        diagnostics = DiagnosticList(limit: limits.diagnostics)
    }

    /// Reads all lines, from `start` on.
    mutating func read(_ bytes: inout MutableSpan<UInt8>, from start: Int) {
        position = start
        // Exports have 40 to 60 bytes a line; a table that grows once more costs less than one that is too large.
        lines.reserveCapacity(min(bytes.count / 44 + 16, limits.contentLines))
        // What is not used of it costs nothing, unlike a move to a larger place.
        components.reserveCapacity(min(bytes.count / 256 + 16, limits.contentLines))
        if hasBareReturns { turnBareReturns(&bytes) }
        while position < bytes.count {
            guard lines.count < limits.contentLines else {
                let message = "the document has more than \(limits.contentLines) content lines; the rest is not read"
                diagnostics.add(.badLine, .componentRejected, line: documentLine, message)
                break
            }
            readLine(&bytes)
        }
        closeAtEnd(bytes.span)
    }

    /// A CR that ends a line by itself becomes LF; CRs before an LF belong to its line end.
    private mutating func turnBareReturns(_ bytes: inout MutableSpan<UInt8>) {
        var index = bytes.count - 1
        var follower = ASCII.space
        while index >= position {
            let byte = bytes[index]
            if byte == ASCII.carriageReturn {
                if follower != ASCII.lineFeed { bytes[index] = ASCII.lineFeed }
            } else {
                follower = byte
            }
            index -= 1
        }
    }
}

// MARK: - Lines

extension DocumentReader {
    /// Reads one content line, splits it and keeps it if it is one.
    @inline(__always)
    private mutating func readLine(_ bytes: inout MutableSpan<UInt8>) {
        let begin = position
        let lineEnd = endOfLine(bytes.span, begin)
        // Most lines are not folded and fit: nothing has to be asked about them twice.
        guard lineEnd &- begin >= 2, lineEnd < bytes.count &- 1, bytes[lineEnd &+ 1] > ASCII.space,
            lineEnd &- begin <= limits.unfoldedLineBytes
        else { return readFoldedLine(&bytes, lineEnd: lineEnd) }
        let isBare = bytes[lineEnd &- 1] != ASCII.carriageReturn
        let end = isBare ? lineEnd : lineEnd &- 1
        let last = bytes[end &- 1]
        guard last != ASCII.equals, last != ASCII.carriageReturn else {
            return readFoldedLine(&bytes, lineEnd: lineEnd)
        }
        if isBare { addBareLineEnd() }
        let line = documentLine
        position = lineEnd &+ 1
        documentLine = line &+ 1
        keepLine(bytes.span, begin..<end, length: end &- begin, at: line)
    }

    /// Splits the unfolded line in `range` and keeps it if it is one.
    ///
    /// - Parameter length: What it would have had without a limit.
    @inline(__always)
    mutating func keepLine(_ bytes: Span<UInt8>, _ range: Range<Int>, length: Int, at line: Int) {
        guard var record = splitter.split(bytes, range) else { return reportBadLine(bytes, range, at: line) }
        guard length <= limits.unfoldedLineBytes else {
            return reportLongLine(record.kind, range, length: length, at: line)
        }
        if checksEncoding, !bytes.isUTF8(range) {
            addForeign(at: line)
            guard dialect.acceptsOtherEncodings else { return }
            record = record.with(.windows1252)
        }
        keep(record, bytes, at: line)
    }

    func endOfLine(_ bytes: Span<UInt8>, _ begin: Int) -> Int {
        bytes.firstIndex(of: ASCII.lineFeed, in: begin..<bytes.count) ?? bytes.count
    }

    mutating func addBareLineEnd() {
        if bareLineEnds.count == 0 { bareLineEnds.first = documentLine }
        bareLineEnds.count += 1
    }

    private mutating func addForeign(at line: Int) {
        if foreignLines.count == 0 { foreignLines.first = line }
        foreignLines.count += 1
    }

    private mutating func reportBadLine(_ bytes: Span<UInt8>, _ range: Range<Int>, at line: Int) {
        guard let innermost = open.last else { return addStray(at: line) }
        keepUnreadable(range, of: innermost)
        // A document may be all garbage: no sentence is made that nobody will read.
        guard diagnostics.hasRoom else { return diagnostics.drop() }
        // Not quoted: it may be a password whose line was broken.
        let message = "not a content line: \(range.count) bytes without a name and a colon"
        diagnostics.add(.badLine, .valueIgnored, line: line, message)
    }

    private mutating func reportLongLine(_ kind: PropertyKind, _ range: Range<Int>, length: Int, at line: Int) {
        guard let innermost = open.last else { return addStray(at: line) }
        if kind == .attachment {
            return diagnostics.add(.badLine, .noted, line: line, "an attachment of \(length) bytes is skipped")
        }
        keepUnreadable(range, of: innermost)
        let message = "a line of \(length) bytes, above the limit of \(limits.unfoldedLineBytes)"
        diagnostics.add(.badLine, .valueIgnored, line: line, message)
        if PropertyKind.decidingTimes.contains(kind) { components[innermost.index].flags.insert(.overLimit) }
    }

    private mutating func keepUnreadable(_ range: Range<Int>, of component: OpenComponent) {
        guard unreadableLines.count < limits.unreadableLines else {
            components[component.index].flags.insert(.overLimit)
            return
        }
        unreadableLines.append(UnreadableLine(component: component.index, range: range))
    }

    mutating func addStray(at line: Int) {
        if strayLines.count == 0 { strayLines.first = line }
        strayLines.count += 1
    }
}
