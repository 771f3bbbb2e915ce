/// Makes the two tables of a document in one pass over its bytes, unfolding the text where it lies.
///
/// `contentline = name *(";" param ) ":" value CRLF` (RFC 5545 §3.1). The text only ever shrinks, so that nothing is
/// copied elsewhere: `written` never overtakes `position`.
struct DocumentReader {
    let dialect: Dialect
    let limits: Limits
    /// Whether there are CRs that end a line by themselves.
    let hasBareReturns: Bool
    /// Whether some lines are not UTF-8, so that each has to be looked at.
    let checksEncoding: Bool
    var lines: [LineRecord] = []
    var components: [ComponentRecord] = []
    var diagnostics: DiagnosticList
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

    private let propertyKinds = PropertyKind.table
    /// The first byte that is not yet read.
    private var position = 0
    /// The line of the document that `position` is in.
    private var documentLine = 1
    /// The last byte of the line of the document that was appended last; 0 where it is empty.
    private var lastByte: UInt8 = 0
    /// End of the text that is kept.
    private var written = 0

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
        diagnostics = DiagnosticList(limit: limits.diagnostics)
    }

    /// Reads all lines, from `start` on.
    ///
    /// - Returns: how many bytes of text are left.
    mutating func read(_ bytes: inout MutableSpan<UInt8>, from start: Int) -> Int {
        position = start
        // Exports have 40 to 60 bytes a line; a table that grows once more costs less than one that is too large.
        lines.reserveCapacity(min(bytes.count / 44 + 16, limits.contentLines))
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
        lines.append(
            LineRecord(
                start: UInt32(written), value: UInt32(written), documentLine: UInt32(documentLine), nameLength: 0,
                kind: .other, flags: []))
        return max(written - 1, 0)
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
        let start = written
        let line = documentLine
        position = lineEnd &+ 1
        documentLine = line &+ 1
        if start != begin { bytes.move(begin..<end, to: start) }
        keepLine(&bytes, start..<start &+ (end &- begin), length: end &- begin, at: line)
    }

    /// Reads one content line of any form; its first line of the document ends at `lineEnd`.
    @inline(never)
    private mutating func readFoldedLine(_ bytes: inout MutableSpan<UInt8>, lineEnd: Int) {
        let start = written
        let line = documentLine
        var length = appendDocumentLine(&bytes, position..<lineEnd, length: 0, start: start)
        // Asked once a line: the parameters stand before the first soft line break.
        var isQuotedPrintable: Bool?
        while position < bytes.count {
            // A quoted-printable soft line break (vCalendar 1.0 §2.1.5): the line goes on without a fold.
            if lastByte == ASCII.equals, !isEnd(bytes.span, position) {
                let joins = isQuotedPrintable ?? self.isQuotedPrintable(bytes.span, start..<written)
                isQuotedPrintable = joins
                if joins {
                    // Above the limit nothing is kept that could be taken back.
                    if length == written - start { written -= 1 }
                    let next = position..<endOfLine(bytes.span, position)
                    length = appendDocumentLine(&bytes, next, length: length - 1, start: start)
                    continue
                }
            }
            passEmptyLines(bytes.span)
            guard position < bytes.count, ASCII.isBlank(bytes[position]) else { break }
            let next = position + 1..<endOfLine(bytes.span, position + 1)
            length = appendDocumentLine(&bytes, next, length: length, start: start)
        }
        let end = written
        // Whatever is not kept leaves its place to the next line.
        written = start
        if length > 0 { keepLine(&bytes, start..<end, length: length, at: line) }
    }

    /// Passes lines without any byte: some producers double their line ends, even before a fold.
    private mutating func passEmptyLines(_ bytes: Span<UInt8>) {
        var next = position
        while next < bytes.count {
            let byte = bytes[next]
            next += 1
            if byte == ASCII.lineFeed {
                position = next
                documentLine += 1
            } else if byte != ASCII.carriageReturn {
                return
            }
        }
    }

    /// Splits the unfolded line in `range`, which begins at `written`, and keeps it if it is one.
    ///
    /// - Parameter length: What it would have had without a limit.
    @inline(__always)
    private mutating func keepLine(
        _ bytes: inout MutableSpan<UInt8>, _ range: Range<Int>, length: Int, at line: Int
    ) {
        guard var record = split(bytes.span, range) else {
            return reportBadLine(bytes.span, range, at: line)
        }
        record.documentLine = UInt32(truncatingIfNeeded: line)
        guard length <= limits.unfoldedLineBytes else {
            return reportLongLine(record.kind, length: length, at: line)
        }
        if checksEncoding, !bytes.span.isUTF8(range) {
            addForeign(at: line)
            guard dialect.acceptsOtherEncodings else { return }
            record.flags.insert(.windows1252)
        }
        guard keep(record, value: Int(record.value)..<range.upperBound, bytes.span) else { return }
        written = range.upperBound
        // The place of the line end; beyond the document's end only when its last line has none.
        if written < bytes.count { bytes[written] = ASCII.lineFeed }
        written &+= 1
    }

    private func endOfLine(_ bytes: Span<UInt8>, _ begin: Int) -> Int {
        bytes.firstIndex(of: ASCII.lineFeed, in: begin..<bytes.count) ?? bytes.count
    }

    /// Appends `range`, which is a line of the document or what follows the blank of a fold, and passes its line end.
    ///
    /// - Returns: the unfolded length so far; bytes above the limit are counted, not kept.
    private mutating func appendDocumentLine(
        _ bytes: inout MutableSpan<UInt8>, _ range: Range<Int>, length: Int, start: Int
    ) -> Int {
        let (begin, lineEnd) = (range.lowerBound, range.upperBound)
        var end = lineEnd
        while end > begin, bytes[end - 1] == ASCII.carriageReturn { end -= 1 }
        if end == lineEnd, end < bytes.count { addBareLineEnd() }
        lastByte = end > begin ? bytes[end - 1] : 0
        position = min(lineEnd + 1, bytes.count)
        documentLine += 1
        let room = max(limits.unfoldedLineBytes - (written - start), 0)
        let kept = min(end - begin, room)
        if kept > 0 {
            if written != begin { bytes.move(begin..<begin + kept, to: written) }
            written += kept
        }
        return length + (end - begin)
    }

    private mutating func addBareLineEnd() {
        if bareLineEnds.count == 0 { bareLineEnds.first = documentLine }
        bareLineEnds.count += 1
    }

    private mutating func addForeign(at line: Int) {
        if foreignLines.count == 0 { foreignLines.first = line }
        foreignLines.count += 1
    }

    private mutating func reportBadLine(_ bytes: Span<UInt8>, _ range: Range<Int>, at line: Int) {
        guard !open.isEmpty else { return addStray(at: line) }
        // A document may be all garbage: no sentence is made that nobody will read.
        guard diagnostics.hasRoom else { return diagnostics.drop() }
        let message = "not a content line: \(Excerpt.text(bytes, range))"
        diagnostics.add(.badLine, .valueIgnored, line: line, message)
    }

    private mutating func reportLongLine(_ kind: PropertyKind, length: Int, at line: Int) {
        guard let innermost = open.last else { return addStray(at: line) }
        if kind == .attachment {
            return diagnostics.add(.badLine, .tolerated, line: line, "an attachment of \(length) bytes is skipped")
        }
        let message = "a line of \(length) bytes, above the limit of \(limits.unfoldedLineBytes)"
        diagnostics.add(.badLine, .valueIgnored, line: line, message)
        if PropertyKind.decidingTimes.contains(kind) { components[innermost.index].flags.insert(.overLimit) }
    }

    mutating func addStray(at line: Int) {
        if strayLines.count == 0 { strayLines.first = line }
        strayLines.count += 1
    }
}

// MARK: - The parts of a line

extension DocumentReader {
    /// `name *(";" param) ":"`, as a record that has no line number yet; `nil` where it is none.
    @inline(__always)
    private func split(_ bytes: Span<UInt8>, _ range: Range<Int>) -> LineRecord? {
        guard let delimiter = bytes.firstIndex(of: ASCII.colon, or: ASCII.semicolon, in: range) else { return nil }
        // A name of the table is well-formed; only others have to be looked at.
        guard let kind = propertyKinds.kind(bytes, range.lowerBound..<delimiter) else {
            return splitOther(bytes, range, delimiter: delimiter)
        }
        guard let colon = colon(bytes, delimiter..<range.upperBound) else { return nil }
        return LineRecord(
            start: UInt32(truncatingIfNeeded: range.lowerBound), value: UInt32(truncatingIfNeeded: colon &+ 1),
            documentLine: 0, nameLength: UInt16(truncatingIfNeeded: delimiter &- range.lowerBound), kind: kind,
            flags: [])
    }

    /// The same for a name that is not in the table: one of the X-names, with a group, or followed by blanks.
    private func splitOther(_ bytes: Span<UInt8>, _ range: Range<Int>, delimiter: Int) -> LineRecord? {
        var nameStart = range.lowerBound
        var nameEnd = nameStart
        var flags: LineRecord.Flags = []
        while nameEnd < delimiter, !ASCII.isBlank(bytes[nameEnd]) {
            if bytes[nameEnd] == ASCII.period, dialect.acceptsPropertyGroups {
                flags.insert(.grouped)
                nameStart = nameEnd + 1
            } else if !ASCII.isNameByte(bytes[nameEnd]) {
                return nil
            }
            nameEnd += 1
        }
        let blanks = nameEnd..<delimiter
        guard blanks.allSatisfy({ ASCII.isBlank(bytes[$0]) }), nameEnd > nameStart,
            nameEnd - range.lowerBound <= Int(UInt16.max),
            let colon = colon(bytes, delimiter..<range.upperBound)
        else { return nil }
        return LineRecord(
            start: UInt32(range.lowerBound), value: UInt32(colon + 1), documentLine: 0,
            nameLength: UInt16(nameEnd - range.lowerBound),
            kind: propertyKinds.kind(bytes, nameStart..<nameEnd) ?? .other, flags: flags)
    }

    /// The colon before the value; `range` begins at it or at the semicolon before the parameters.
    @inline(__always)
    private func colon(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
        guard bytes[range.lowerBound] == ASCII.semicolon else { return range.lowerBound }
        return colonAfterParameters(bytes, range)
    }

    /// The first colon outside quotes; where a quote is never closed, the first colon at all.
    private func colonAfterParameters(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
        guard let first = bytes.firstIndex(of: ASCII.colon, in: range) else { return nil }
        var begin = range.lowerBound
        var colon = first
        while let quote = bytes.firstIndex(of: ASCII.quote, in: begin..<colon) {
            guard let closing = bytes.firstIndex(of: ASCII.quote, in: quote + 1..<range.upperBound),
                let next = bytes.firstIndex(of: ASCII.colon, in: closing + 1..<range.upperBound)
            else { return first }
            // The colon found before may lie inside the quotes.
            begin = closing + 1
            colon = max(next, begin)
        }
        return colon
    }

    /// Whether a line that ends a component begins at `index`: no soft line break may swallow it.
    private func isEnd(_ bytes: Span<UInt8>, _ index: Int) -> Bool {
        index + 4 <= bytes.count && bytes.matches(index..<index + 4, "END:")
    }

    private func isQuotedPrintable(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        guard dialect.acceptsOtherVersions, let record = split(bytes, range) else { return false }
        let parameters = ParameterCursor(bytes, range.lowerBound + Int(record.nameLength)..<Int(record.value) - 1)
        return parameters.areQuotedPrintable(bytes)
    }
}
