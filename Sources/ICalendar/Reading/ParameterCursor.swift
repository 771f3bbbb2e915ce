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

    /// `nil` for any other name; case does not matter.
    @inline(__always)
    init?(_ bytes: Span<UInt8>, _ name: Range<Int>) {
        guard name.count <= 8 else { return nil }
        self.init(rawValue: WordBytes.prefix(bytes.word(at: name.lowerBound), name.count) & ~WordBytes.all(0x20))
    }
}

/// Walks over `*(";" param-name "=" param-value *("," param-value))` (RFC 5545 §3.2), as places in the text.
struct ParameterCursor {
    private var index: Int
    private let end: Int
    /// The first quote from `index` on; `end` where there is none.
    private var quote: Int

    /// A parameter; one of vCalendar 1.0 that stands without a name has an empty one.
    struct Place {
        var name: Range<Int>
        /// All values, with their quotes and commas.
        var value: Range<Int>
    }

    /// `range` begins at the first semicolon.
    init(_ bytes: Span<UInt8>, _ range: Range<Int>) {
        index = range.lowerBound
        end = range.upperBound
        quote = bytes.firstIndex(of: ASCII.quote, in: range) ?? range.upperBound
    }

    @inline(__always)
    mutating func next(_ bytes: Span<UInt8>) -> Place? {
        while index < end, bytes[index] == ASCII.semicolon || ASCII.isBlank(bytes[index]) { index &+= 1 }
        guard index < end else { return nil }
        let start = index
        let firstQuote = quote
        index = bytes.firstIndexNear(of: ASCII.semicolon, in: start..<end) ?? end
        if quote < index { passQuotes(bytes) }
        guard let equals = bytes.firstIndexNear(of: ASCII.equals, in: start..<index), equals < firstQuote
        else { return Place(name: start..<start, value: bytes.trimmed(start..<index)) }
        return Place(name: bytes.trimmed(start..<equals), value: bytes.trimmed(equals &+ 1..<index))
    }

    /// Goes on behind all that stands in quotes; a quote that is never closed goes to the end.
    @inline(never)
    private mutating func passQuotes(_ bytes: Span<UInt8>) {
        while quote < index { passQuote(bytes) }
    }

    private mutating func passQuote(_ bytes: Span<UInt8>) {
        let closing = bytes.firstIndex(of: ASCII.quote, in: quote + 1..<end) ?? end - 1
        quote = bytes.firstIndex(of: ASCII.quote, in: closing + 1..<end) ?? end
        guard closing >= index else { return }
        index = bytes.firstIndex(of: ASCII.semicolon, in: closing + 1..<end) ?? end
    }

    /// Whether one of them is `ENCODING=QUOTED-PRINTABLE`, or that word alone (vCalendar 1.0 §2.1.5).
    func areQuotedPrintable(_ bytes: Span<UInt8>) -> Bool {
        var cursor = self
        while let place = cursor.next(bytes) {
            let kind = ParameterKind(bytes, place.name)
            guard kind == .encoding || place.name.isEmpty else { continue }
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
