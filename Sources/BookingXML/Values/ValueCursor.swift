/// Reads a short value byte by byte.
struct ValueCursor {
    private let bytes: ArraySlice<UInt8>
    private var offset: Int

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        offset = bytes.startIndex
    }

    var isAtEnd: Bool { offset == bytes.endIndex }
    var next: UInt8? { isAtEnd ? nil : bytes[offset] }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard let next, next == UInt8(ascii: character) else { return false }
        offset += 1
        return true
    }

    /// Exactly `count` digits, at most nine.
    mutating func digits(_ count: Int) -> Int? {
        let start = offset
        guard let value = number(atMost: count), offset - start == count else { return nil }
        return value
    }

    /// One digit or more, at most `limit` of them; `limit` is at most nine.
    mutating func number(atMost limit: Int) -> Int? {
        let start = offset
        var value = 0
        while let next, offset - start < limit, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(next) {
            value = value * 10 + Int(next - UInt8(ascii: "0"))
            offset += 1
        }
        return offset == start ? nil : value
    }

    mutating func skipDigits() {
        while let next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(next) { offset += 1 }
    }
}
