/// Finds the parts of a content line.
///
/// Apart from the reader, which is large: what asks for it but does not change it copies it for every line.
struct LineSplitter {
    private let kinds = PropertyKind.table
    private let acceptsGroups: Bool
    private let acceptsOtherVersions: Bool

    init(_ dialect: Dialect) {
        acceptsGroups = dialect.acceptsPropertyGroups
        acceptsOtherVersions = dialect.acceptsOtherVersions
    }

    /// `name *(";" param) ":"`; `nil` where it is none.
    @inline(__always)
    func split(_ bytes: Span<UInt8>, _ range: Range<Int>) -> LineRecord? {
        // A name of the table is well-formed; only others have to be looked at.
        guard let (kind, delimiter) = kinds.kindOfLine(bytes, from: range.lowerBound), delimiter < range.upperBound
        else { return splitOther(bytes, range) }
        guard bytes[delimiter] == ASCII.semicolon else {
            return LineRecord(range, colon: delimiter, kind: kind, flags: [])
        }
        guard let colon = bytes.firstColon(outsideQuotesIn: delimiter..<range.upperBound) else { return nil }
        return LineRecord(range, colon: colon, kind: kind, flags: .parameters)
    }

    /// The same for a name that is not in the table: one of the X-names, with a group, or followed by blanks.
    private func splitOther(_ bytes: Span<UInt8>, _ range: Range<Int>) -> LineRecord? {
        guard let delimiter = bytes.firstNameDelimiter(in: range), delimiter > range.lowerBound,
            let colon = bytes.firstColon(outsideQuotesIn: delimiter..<range.upperBound)
        else { return nil }
        var flags: LineRecord.Flags = bytes[delimiter] == ASCII.semicolon ? .parameters : []
        var name = range.lowerBound..<delimiter
        if bytes.firstIndexOutsideNames(in: name) == nil {
            return LineRecord(range, colon: colon, kind: .other, flags: flags)
        }
        name = bytes.trimmed(name)
        var nameStart = range.lowerBound
        while let other = bytes.firstIndexOutsideNames(in: nameStart..<name.upperBound) {
            guard bytes[other] == ASCII.period, acceptsGroups else { return nil }
            flags.insert(.grouped)
            nameStart = other + 1
        }
        guard name.upperBound > nameStart else { return nil }
        return LineRecord(
            range, colon: colon, kind: kinds.kind(bytes, nameStart..<name.upperBound) ?? .other, flags: flags)
    }
}

extension LineSplitter {
    /// Whether the value of the line that begins with `range` is in quoted-printable (vCalendar 1.0 §2.1.5).
    func isQuotedPrintable(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        // A line that is folded before its colon is asked too: that is soon seen.
        guard acceptsOtherVersions, bytes.firstIndex(of: ASCII.colon, in: range) != nil,
            let record = split(bytes, range), record.flags.contains(.parameters),
            let name = bytes.firstNameDelimiter(in: range), let colon = bytes.firstColon(outsideQuotesIn: range)
        else { return false }
        return ParameterCursor(name..<colon).areQuotedPrintable(bytes)
    }
}

extension Span where Element == UInt8 {
    /// The first colon outside quotes; where a quote is never closed, the first colon at all.
    @inline(__always)
    func firstColon(outsideQuotesIn range: Range<Int>) -> Int? {
        var index = range.lowerBound
        while let found = firstIndex(of: ASCII.colon, or: ASCII.quote, in: index..<range.upperBound) {
            guard self[found] == ASCII.quote else { return found }
            guard let closing = firstIndexNear(of: ASCII.quote, in: found &+ 1..<range.upperBound) else { break }
            index = closing &+ 1
        }
        return firstIndex(of: ASCII.colon, in: range)
    }
}
