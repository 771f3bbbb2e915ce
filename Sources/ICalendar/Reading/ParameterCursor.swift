/// The parameters that this library knows by name.
enum ParameterKind: String, Sendable, CaseIterable {
    case value = "VALUE"
    case zoneID = "TZID"
    case range = "RANGE"
    case commonName = "CN"
    case userType = "CUTYPE"
    case participationStatus = "PARTSTAT"
    case email = "EMAIL"
    case encoding = "ENCODING"
    case characterSet = "CHARSET"

    static let table = NameTable<ParameterKind>()
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

    mutating func next(_ bytes: Span<UInt8>) -> Place? {
        while index < end, bytes[index] == ASCII.semicolon || ASCII.isBlank(bytes[index]) { index &+= 1 }
        guard index < end else { return nil }
        let start = index
        index = bytes.firstIndex(of: ASCII.semicolon, in: start..<end) ?? end
        while quote < index { passQuotes(bytes) }
        guard let equals = bytes.firstIndex(of: ASCII.equals, or: ASCII.quote, in: start..<index),
            bytes[equals] == ASCII.equals
        else { return Place(name: start..<start, value: bytes.trimmed(start..<index)) }
        return Place(name: bytes.trimmed(start..<equals), value: bytes.trimmed(equals &+ 1..<index))
    }

    /// Goes on behind what stands in quotes; a quote that is never closed goes to the end.
    private mutating func passQuotes(_ bytes: Span<UInt8>) {
        let closing = bytes.firstIndex(of: ASCII.quote, in: quote + 1..<end) ?? end - 1
        quote = bytes.firstIndex(of: ASCII.quote, in: closing + 1..<end) ?? end
        guard closing >= index else { return }
        index = bytes.firstIndex(of: ASCII.semicolon, in: closing + 1..<end) ?? end
    }

    /// Whether one of them is `ENCODING=QUOTED-PRINTABLE`, or that word alone (vCalendar 1.0 §2.1.5).
    func areQuotedPrintable(_ bytes: Span<UInt8>) -> Bool {
        var cursor = self
        while let place = cursor.next(bytes) {
            let kind = ParameterKind.table.kind(bytes, place.name)
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
