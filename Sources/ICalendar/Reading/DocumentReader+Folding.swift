// Content lines that take more than one line of the document (RFC 5545 §3.1; vCalendar 1.0 §2.1.5).

extension DocumentReader {
    /// Reads one content line of any form; its first line of the document ends at `lineEnd`.
    @inline(never)
    mutating func readFoldedLine(_ bytes: inout MutableSpan<UInt8>, lineEnd: Int) {
        let line = documentLine
        var unfolding = Unfolding(start: position, limit: limits.unfoldedLineBytes)
        append(position..<lineEnd, to: &unfolding, &bytes)
        // Asked once a line: the parameters stand before the first soft line break.
        var isQuotedPrintable: Bool?
        while position < bytes.count {
            appendPlainFolds(to: &unfolding, &bytes)
            guard position < bytes.count else { break }
            // A quoted-printable soft line break (vCalendar 1.0 §2.1.5): the line goes on without a fold.
            if unfolding.lastByte == ASCII.equals, !isEnd(bytes.span, position) {
                let joins = isQuotedPrintable ?? splitter.isQuotedPrintable(bytes.span, unfolding.range)
                isQuotedPrintable = joins
                if joins {
                    unfolding.dropLast()
                    append(position..<endOfLine(bytes.span, position), to: &unfolding, &bytes)
                    continue
                }
            }
            if bytes[position] < ASCII.space { passEmptyLines(bytes.span) }
            guard position < bytes.count, ASCII.isBlank(bytes[position]) else { break }
            append(position &+ 1..<endOfLine(bytes.span, position &+ 1), to: &unfolding, &bytes)
        }
        let range = unfolding.range
        fill(range.upperBound..<position, lineFeeds: documentLine - line, &bytes)
        if unfolding.length > 0 { keepLine(bytes.span, range, length: unfolding.length, at: line) }
    }

    /// A content line on the way to its unfolded form, which never overtakes what is still to be read.
    private struct Unfolding {
        private let start: Int
        private let limit: Int
        /// End of what is kept.
        private(set) var end: Int
        /// Bytes so far; those above the limit are counted, not kept.
        private(set) var length = 0
        /// The last byte of the line of the document that was appended last; 0 where it is empty.
        private(set) var lastByte: UInt8 = 0

        var range: Range<Int> { start..<end }

        init(start: Int, limit: Int) {
            (self.start, end, self.limit) = (start, start, limit)
        }

        /// The same for a piece that is not empty, if it and all before it are kept.
        @inline(__always)
        mutating func appendWhole(_ piece: Range<Int>, lastByte: UInt8, _ bytes: inout MutableSpan<UInt8>) -> Bool {
            guard end &- start == length, length &+ piece.count <= limit else { return false }
            self.lastByte = lastByte
            move(piece, to: end, in: &bytes)
            length &+= piece.count
            end &+= piece.count
            return true
        }

        @inline(__always)
        mutating func append(_ piece: Range<Int>, _ bytes: inout MutableSpan<UInt8>) {
            guard !piece.isEmpty else {
                lastByte = 0
                return
            }
            lastByte = bytes[piece.upperBound &- 1]
            length &+= piece.count
            let kept = min(piece.count, limit &- (end &- start))
            guard kept > 0 else { return }
            if end != piece.lowerBound { move(piece.lowerBound..<piece.lowerBound &+ kept, to: end, in: &bytes) }
            end &+= kept
        }

        /// Above the limit nothing is kept that could be taken back.
        mutating func dropLast() {
            if length == end - start { end -= 1 }
            length -= 1
        }
    }

    /// Appends all folds that come next as nearly all do: a blank, some bytes, CRLF.
    @inline(__always)
    private mutating func appendPlainFolds(to unfolding: inout Unfolding, _ bytes: inout MutableSpan<UInt8>) {
        var begin = position
        var passed = 0
        while unfolding.lastByte != ASCII.equals, begin < bytes.count, ASCII.isBlank(bytes[begin]) {
            let lineEnd = endOfLine(bytes.span, begin &+ 1)
            guard lineEnd < bytes.count, lineEnd &- begin > 2, bytes[lineEnd &- 1] == ASCII.carriageReturn
            else { break }
            let last = bytes[lineEnd &- 2]
            guard last != ASCII.carriageReturn,
                unfolding.appendWhole(begin &+ 1..<lineEnd &- 1, lastByte: last, &bytes)
            else { break }
            begin = lineEnd &+ 1
            passed &+= 1
        }
        position = begin
        documentLine &+= passed
    }

    /// Appends a line of the document, or what follows the blank of a fold, and passes its line end.
    @inline(__always)
    private mutating func append(
        _ range: Range<Int>, to unfolding: inout Unfolding, _ bytes: inout MutableSpan<UInt8>
    ) {
        let lineEnd = range.upperBound
        var end = lineEnd
        while end > range.lowerBound, bytes[end &- 1] == ASCII.carriageReturn { end &-= 1 }
        if end == lineEnd, end < bytes.count { addBareLineEnd() }
        unfolding.append(range.lowerBound..<end, &bytes)
        position = lineEnd
        if position < bytes.count {
            position &+= 1
            documentLine &+= 1
        }
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

    /// Writes over what unfolding has left behind a line, so that it has as many line feeds as were read.
    @inline(__always)
    private func fill(_ range: Range<Int>, lineFeeds: Int, _ bytes: inout MutableSpan<UInt8>) {
        // Of a line with one or two folds all in one.
        if range.count <= 8, putFiller(range, lineFeeds: lineFeeds, in: &bytes) { return }
        var index = range.lowerBound
        let end = min(index &+ lineFeeds, range.upperBound)
        while index < end {
            bytes[index] = ASCII.lineFeed
            index &+= 1
        }
        while index < range.upperBound {
            bytes[index] = ASCII.carriageReturn
            index &+= 1
        }
    }

    /// Whether a line that ends a component begins at `index`: no soft line break may swallow it.
    private func isEnd(_ bytes: Span<UInt8>, _ index: Int) -> Bool {
        // `END:`, of which bit 5 only tells the case.
        bytes.word(at: index) & 0xFF_DF_DF_DF == 0x3A_44_4E_45
    }
}
