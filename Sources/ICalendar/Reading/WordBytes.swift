/// Eight bytes looked at as one number, the first byte lowest.
enum WordBytes {
    static let highBits: UInt64 = 0x8080_8080_8080_8080

    /// Eight times the same byte.
    @inline(__always)
    static func all(_ byte: UInt8) -> UInt64 { UInt64(byte) &* 0x0101_0101_0101_0101 }

    /// The highest bit of each byte that is zero, and no other bit.
    @inline(__always)
    static func zeros(_ word: UInt64) -> UInt64 {
        ~(((word & ~highBits) &+ ~highBits) | word | ~highBits)
    }

    /// The first `length` bytes, zeros beyond.
    @inline(__always)
    static func prefix(_ word: UInt64, _ length: Int) -> UInt64 {
        length >= 8 ? word : word & ((1 << UInt64(8 * length)) &- 1)
    }
}

/// What kinds of bytes a text holds.
struct ByteSurvey: Equatable {
    var hasHighBytes = false
    var hasZeros = false
    /// A CR that no LF follows.
    var hasBareReturns = false
}

extension Span where Element == UInt8 {
    /// The first place of either byte in `range`, eight at a time: for short ranges.
    @inline(__always)
    func firstIndex(of first: UInt8, or second: UInt8, in range: Range<Int>) -> Int? {
        var index = range.lowerBound
        while index < range.upperBound {
            let word = word(at: index)
            let hits = WordBytes.zeros(word ^ WordBytes.all(first)) | WordBytes.zeros(word ^ WordBytes.all(second))
            if hits != 0 {
                let found = index &+ hits.trailingZeroBitCount / 8
                return found < range.upperBound ? found : nil
            }
            index &+= 8
        }
        return nil
    }

    /// Whether `range` is well-formed UTF-8 (The Unicode Standard, table 3-7).
    func isUTF8(_ range: Range<Int>) -> Bool {
        var index = range.lowerBound
        while index < range.upperBound {
            let high = WordBytes.prefix(word(at: index), range.upperBound &- index) & WordBytes.highBits
            guard high != 0 else {
                index &+= 8
                continue
            }
            index &+= high.trailingZeroBitCount / 8
            let length = sequenceLength(index, range.upperBound)
            guard length > 0 else { return false }
            index &+= length
        }
        return true
    }

    /// Bytes of the sequence of several bytes that begins at `index`; 0 where there is none.
    private func sequenceLength(_ index: Int, _ end: Int) -> Int {
        let (length, second): (Int, ClosedRange<UInt8>) =
            switch self[index] {
            case 0xC2...0xDF: (2, 0x80...0xBF)
            case 0xE0: (3, 0xA0...0xBF)
            case 0xE1...0xEC, 0xEE...0xEF: (3, 0x80...0xBF)
            case 0xED: (3, 0x80...0x9F)
            case 0xF0: (4, 0x90...0xBF)
            case 0xF1...0xF3: (4, 0x80...0xBF)
            case 0xF4: (4, 0x80...0x8F)
            case _: (0, 0...0)
            }
        guard length > 0, index + length <= end, second.contains(self[index + 1]) else { return 0 }
        for follower in index + 2..<index + length where self[follower] & 0xC0 != 0x80 { return 0 }
        return length
    }
}
