/// The parameters that this library asks for by name.
///
/// None of the names is longer than eight bytes: it is one word, the first byte lowest, in which case does not matter.
struct ParameterName: Equatable {
    private let word: UInt64

    /// VALUE
    static let value = ParameterName(word: 0x45_55_4C_41_56)
    /// TZID
    static let zoneID = ParameterName(word: 0x44_49_5A_54)
    /// RANGE
    static let range = ParameterName(word: 0x45_47_4E_41_52)
    /// CN
    static let commonName = ParameterName(word: 0x4E_43)
    /// CUTYPE
    static let userType = ParameterName(word: 0x45_50_59_54_55_43)
    /// PARTSTAT
    static let participationStatus = ParameterName(word: 0x54_41_54_53_54_52_41_50)
    /// EMAIL
    static let email = ParameterName(word: 0x4C_49_41_4D_45)
    /// ENCODING
    static let encoding = ParameterName(word: 0x47_4E_49_44_4F_43_4E_45)
    /// Any that is longer.
    static let other = ParameterName(word: 0)

    private init(word: UInt64) { self.word = word }

    init(_ bytes: Span<UInt8>, _ name: Range<Int>) {
        self = name.count > 8 ? .other : ParameterName(bytes.word(at: name.lowerBound), length: name.count)
    }

    /// The first `length` bytes of `word`, at most 8.
    @inline(__always)
    init(_ word: UInt64, length: Int) { self.word = WordBytes.prefix(word, length) & ~WordBytes.all(0x20) }
}

/// Walks over `*(";" param-name "=" param-value *("," param-value))` (RFC 5545 §3.2), as places in the text.
struct ParameterCursor {
    /// The parameter that `next` found last.
    private(set) var name = ParameterName.other
    /// Where its name is; empty for one of vCalendar 1.0 that stands without a name.
    private(set) var namePlace = 0..<0
    /// Where all its values are, with their quotes and commas.
    private(set) var value = 0..<0
    private var index: Int
    private let end: Int

    /// `range` begins at the first semicolon.
    init(_ range: Range<Int>) {
        index = range.lowerBound
        end = range.upperBound
    }

    /// Goes on to the next parameter, if there is one.
    @inline(__always)
    mutating func next(_ bytes: Span<UInt8>) -> Bool {
        guard index < end else { return false }
        if nextPlain(bytes) { return true }
        guard let other = nextOther(bytes) else { return false }
        self = other
        return true
    }

    /// A parameter as nearly all are: after one semicolon a name of at most eight letters, and an equals sign.
    @inline(__always)
    private mutating func nextPlain(_ bytes: Span<UInt8>) -> Bool {
        let start = index &+ 1
        let word = bytes.word(at: start)
        // 8 where none of the bytes is one: a name may be as long.
        let length = WordBytes.firstZero(word ^ WordBytes.all(ASCII.equals)).trailingZeroBitCount / 8
        let equals = start &+ length
        guard equals < end, bytes[equals] == ASCII.equals, bytes[index] == ASCII.semicolon,
            WordBytes.prefix(~word & WordBytes.all(Self.letterBit), length) == 0
        else { return false }
        name = ParameterName(word, length: length)
        namePlace = start..<equals
        index = endOfValue(bytes, equals &+ 1)
        value = bytes.trimmed(equals &+ 1..<index)
        return true
    }

    /// Set in all letters; not in blanks, quotes and delimiters.
    private static let letterBit: UInt8 = 0x40

    /// The cursor at the next parameter, whatever that looks like; `nil` at the end.
    @inline(never)
    private func nextOther(_ bytes: Span<UInt8>) -> ParameterCursor? {
        var cursor = self
        while cursor.index < end, bytes[cursor.index] == ASCII.semicolon || ASCII.isBlank(bytes[cursor.index]) {
            cursor.index &+= 1
        }
        let start = cursor.index
        guard start < end else { return nil }
        var valueStart = start
        cursor.namePlace = start..<start
        if let equals = bytes.firstIndex(of: ASCII.equals, or: ASCII.semicolon, or: ASCII.quote, in: start..<end),
            bytes[equals] == ASCII.equals
        {
            cursor.namePlace = bytes.trimmed(start..<equals)
            valueStart = equals &+ 1
        }
        cursor.name = ParameterName(bytes, cursor.namePlace)
        cursor.index = endOfValue(bytes, valueStart)
        cursor.value = bytes.trimmed(valueStart..<cursor.index)
        return cursor
    }

    /// The first semicolon outside quotes; a quote that is never closed goes to the end.
    @inline(__always)
    private func endOfValue(_ bytes: Span<UInt8>, _ start: Int) -> Int {
        var index = start
        while index < end {
            if bytes[index] == ASCII.quote {
                guard let closing = bytes.firstIndexNear(of: ASCII.quote, in: index &+ 1..<end) else { return end }
                index = closing &+ 1
            } else {
                guard let found = bytes.firstIndex(of: ASCII.semicolon, or: ASCII.quote, in: index..<end)
                else { return end }
                guard bytes[found] == ASCII.quote else { return found }
                index = found
            }
        }
        return end
    }

    /// Whether one of them is `ENCODING=QUOTED-PRINTABLE`, or that word alone (vCalendar 1.0 §2.1.5).
    func areQuotedPrintable(_ bytes: Span<UInt8>) -> Bool {
        var cursor = self
        while cursor.next(bytes) {
            guard cursor.name == .encoding || cursor.namePlace.isEmpty else { continue }
            if bytes.matches(cursor.value, "QUOTED-PRINTABLE") { return true }
        }
        return false
    }
}

extension Span where Element == UInt8 {
    /// `range` without blanks at both ends.
    @inline(__always)
    func trimmed(_ range: Range<Int>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, ASCII.isBlank(self[start]) { start += 1 }
        while start < end, ASCII.isBlank(self[end - 1]) { end -= 1 }
        return start..<end
    }

    /// Whether `range` holds `word`, which is upper-case ASCII, in either case.
    func matches(_ range: Range<Int>, _ word: String) -> Bool {
        guard range.count == word.utf8.count else { return false }
        return zip(range, word.utf8).allSatisfy { ASCII.uppercased(self[$0]) == $1 }
    }
}
