/// The parameters that this library knows by name.
///
/// None of the names is longer than eight bytes: the raw value is the name as one word, the first byte lowest.
enum ParameterKind: UInt64, CaseIterable {
    /// VALUE
    case value = 0x45_55_4C_41_56
    /// TZID
    case zoneID = 0x44_49_5A_54
    /// RANGE
    case range = 0x45_47_4E_41_52
    /// CN
    case commonName = 0x4E_43
    /// CUTYPE
    case userType = 0x45_50_59_54_55_43
    /// PARTSTAT
    case participationStatus = 0x54_41_54_53_54_52_41_50
    /// EMAIL
    case email = 0x4C_49_41_4D_45
    /// ENCODING
    case encoding = 0x47_4E_49_44_4F_43_4E_45
    /// ROLE
    case role = 0x45_4C_4F_52
    /// RSVP
    case response = 0x50_56_53_52

    /// `nil` for any other name; case does not matter.
    @inline(__always)
    init?(_ bytes: Span<UInt8>, _ name: Range<Int>) {
        guard name.count <= 8 else { return nil }
        self.init(bytes.word(at: name.lowerBound), length: name.count)
    }

    /// The same for the first `length` bytes of `word`, at most 8.
    @inline(__always)
    init?(_ word: UInt64, length: Int) {
        self.init(rawValue: WordBytes.prefix(word, length) & ~WordBytes.all(0x20))
    }
}

/// Walks over `*(";" param-name "=" param-value *("," param-value))` (RFC 5545 §3.2), as places in the text.
struct ParameterCursor {
    private var index: Int
    private let end: Int

    /// A parameter; one of vCalendar 1.0 that stands without a name has an empty one.
    struct Place {
        /// `nil` for a name that is not known.
        var kind: ParameterKind?
        var name: Range<Int>
        /// All values, with their quotes and commas.
        var value: Range<Int>
    }

    /// `range` begins at the first semicolon.
    init(_ range: Range<Int>) {
        index = range.lowerBound
        end = range.upperBound
    }

    @inline(__always)
    mutating func next(_ bytes: Span<UInt8>) -> Place? { nextKnown(bytes) ?? nextOther(bytes) }

    /// A parameter as nearly all are: directly after one semicolon a name that is known, and an equals sign.
    @inline(__always)
    private mutating func nextKnown(_ bytes: Span<UInt8>) -> Place? {
        let start = index &+ 1
        guard start < end, bytes[index] == ASCII.semicolon else { return nil }
        let word = bytes.word(at: start)
        // 8 where none of the bytes is one: a name may be as long.
        let length = WordBytes.firstZero(word ^ WordBytes.all(ASCII.equals)).trailingZeroBitCount / 8
        let equals = start &+ length
        guard equals < end, bytes[equals] == ASCII.equals, !ASCII.isBlank(bytes[equals &- 1]),
            let kind = ParameterKind(word, length: length)
        else { return nil }
        index = endOfValue(bytes, equals &+ 1)
        return Place(kind: kind, name: start..<equals, value: bytes.trimmed(equals &+ 1..<index))
    }

    @inline(never)
    private mutating func nextOther(_ bytes: Span<UInt8>) -> Place? {
        while index < end, bytes[index] == ASCII.semicolon || ASCII.isBlank(bytes[index]) { index &+= 1 }
        guard index < end else { return nil }
        let start = index
        guard let equals = bytes.firstIndex(of: ASCII.equals, or: ASCII.semicolon, or: ASCII.quote, in: start..<end),
            bytes[equals] == ASCII.equals
        else {
            index = endOfValue(bytes, start)
            return Place(name: start..<start, value: bytes.trimmed(start..<index))
        }
        index = endOfValue(bytes, equals &+ 1)
        let name = bytes.trimmed(start..<equals)
        return Place(kind: ParameterKind(bytes, name), name: name, value: bytes.trimmed(equals &+ 1..<index))
    }

    /// The first semicolon outside quotes; a quote that is never closed goes to the end.
    @inline(__always)
    private func endOfValue(_ bytes: Span<UInt8>, _ start: Int) -> Int {
        var index = start
        while let found = bytes.firstIndex(of: ASCII.semicolon, or: ASCII.quote, in: index..<end) {
            guard bytes[found] == ASCII.quote else { return found }
            guard let closing = bytes.firstIndexNear(of: ASCII.quote, in: found &+ 1..<end) else { return end }
            index = closing &+ 1
        }
        return end
    }

    /// Whether one of them is `ENCODING=QUOTED-PRINTABLE`, or that word alone (vCalendar 1.0 §2.1.5).
    func areQuotedPrintable(_ bytes: Span<UInt8>) -> Bool {
        var cursor = self
        while let place = cursor.next(bytes) {
            guard place.kind == .encoding || place.name.isEmpty else { continue }
            if bytes.matches(place.value, "QUOTED-PRINTABLE") { return true }
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
