/// One content line: 8 bytes, no object and no `String`.
///
/// Of a long line it says only where it begins: the rest is looked for again, which few lines need.
struct LineRecord {
    /// Offset into the text where the line begins, with its group if it has one.
    let start: UInt32
    /// Bytes of the line, above the flags.
    private let lengthAndFlags: UInt16
    /// Bytes from `start` to the value; `far` in a long line.
    private let nearValueOffset: UInt8
    let kind: PropertyKind

    private static let far = UInt8.max
    private static let flagBits = 3

    /// For places where no line is yet.
    static let none = LineRecord(0..<0, colon: 0, kind: .other, flags: [])

    struct Flags: OptionSet {
        let rawValue: UInt8
        /// `group.NAME`.
        static let grouped = Flags(rawValue: 1)
        /// Not UTF-8: its bytes are Windows-1252.
        static let windows1252 = Flags(rawValue: 2)
        /// Something stands between the name and the colon.
        static let parameters = Flags(rawValue: 4)
    }

    @inline(__always)
    init(_ range: Range<Int>, colon: Int, kind: PropertyKind, flags: Flags) {
        start = UInt32(truncatingIfNeeded: range.lowerBound)
        self.kind = kind
        let (length, offset) = (range.count, colon &+ 1 &- range.lowerBound)
        let isNear = length < 1 << (16 - Self.flagBits) && offset < Self.far
        nearValueOffset = isNear ? UInt8(truncatingIfNeeded: offset) : Self.far
        lengthAndFlags = UInt16(truncatingIfNeeded: length &<< Self.flagBits) | UInt16(flags.rawValue)
    }

    /// The same line with `more` flags.
    private init(_ line: LineRecord, _ more: Flags) {
        (start, nearValueOffset, kind) = (line.start, line.nearValueOffset, line.kind)
        lengthAndFlags = line.lengthAndFlags | UInt16(more.rawValue)
    }

    func with(_ flags: Flags) -> LineRecord { LineRecord(self, flags) }

    @inline(__always)
    var flags: Flags { Flags(rawValue: UInt8(truncatingIfNeeded: lengthAndFlags) & (1 << Self.flagBits - 1)) }

    /// Bytes up to the value; in a long line as many as fit, at most.
    @inline(__always)
    var valueOffset: Int { Int(nearValueOffset) }

    /// The whole line in its text.
    @inline(__always)
    func range(_ text: Span<UInt8>) -> Range<Int> {
        nearValueOffset == Self.far ? farRange(text) : Int(start)..<nearEnd
    }

    /// Between the colon and the end of the line.
    @inline(__always)
    func value(_ text: Span<UInt8>) -> Range<Int> { nearValue ?? farValue(text) }

    /// The same; `nil` in a long line.
    @inline(__always)
    var nearValue: Range<Int>? {
        nearValueOffset == Self.far ? nil : Int(start) &+ Int(nearValueOffset)..<nearEnd
    }

    @inline(__always)
    private var nearEnd: Int { Int(start) &+ Int(lengthAndFlags &>> UInt16(Self.flagBits)) }

    /// An unfolded line has no CR and no LF, and one of the two stands after it.
    @inline(never)
    private func farRange(_ text: Span<UInt8>) -> Range<Int> {
        let start = Int(start)
        let end = text.firstIndex(of: ASCII.lineFeed, or: ASCII.carriageReturn, in: start..<text.count)
        return start..<(end ?? text.count)
    }

    @inline(never)
    private func farValue(_ text: Span<UInt8>) -> Range<Int> {
        let line = farRange(text)
        let colon = text.firstColon(outsideQuotesIn: line) ?? line.upperBound - 1
        return colon + 1..<line.upperBound
    }
}
