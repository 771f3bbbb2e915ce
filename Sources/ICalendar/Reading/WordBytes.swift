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

    /// The four numbers of two digits that eight bytes hold; `nil` where one of them is no digit.
    @inline(__always)
    static func decimalPairs(_ word: UInt64) -> SIMD4<Int>? {
        let digits = word ^ all(ASCII.zero)
        // A digit stays below 0x80 when 0x76 is added to it, and has no high bit itself.
        guard (digits | (digits &+ all(0x76))) & highBits == 0 else { return nil }
        let pairs = digits &* 10 &+ (digits >> 8)
        return SIMD4(
            Int(pairs & 0xFF), Int(pairs >> 16 & 0xFF), Int(pairs >> 32 & 0xFF), Int(pairs >> 48 & 0xFF))
    }

    /// The first `length` bytes, zeros beyond.
    @inline(__always)
    static func prefix(_ word: UInt64, _ length: Int) -> UInt64 {
        length >= 8 ? word : word & ((1 &<< UInt64(truncatingIfNeeded: 8 &* length)) &- 1)
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
    /// The first place of `byte` in `range`, eight at a time: for short ranges.
    @inline(__always)
    func firstIndexNear(of byte: UInt8, in range: Range<Int>) -> Int? {
        var index = range.lowerBound
        while index < range.upperBound {
            let hits = WordBytes.zeros(word(at: index) ^ WordBytes.all(byte))
            if hits != 0 {
                let found = index &+ hits.trailingZeroBitCount / 8
                return found < range.upperBound ? found : nil
            }
            index &+= 8
        }
        return nil
    }

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

    /// Whether `range` is well-formed UTF-8 (The Unicode Standard, table 3-7), apart from folds inside characters.
    func isUTF8(_ range: Range<Int>) -> Bool {
        var index = range.lowerBound
        while index < range.upperBound {
            while index &+ 16 <= range.upperBound, (word(at: index) | word(at: index &+ 8)) & WordBytes.highBits == 0 {
                index &+= 16
            }
            let high = WordBytes.prefix(word(at: index), range.upperBound &- index) & WordBytes.highBits
            guard high != 0 else {
                index &+= 8
                continue
            }
            index &+= high.trailingZeroBitCount / 8
            let length = sequenceLength(index, range.upperBound)
            if length > 0 {
                index &+= length
            } else if let end = endOfFoldedCharacter(index, range.upperBound) {
                index = end
            } else {
                return false
            }
        }
        return true
    }

    /// The end of a character that begins at `index` and has folds inside (RFC 5545 §3.1).
    private func endOfFoldedCharacter(_ index: Int, _ end: Int) -> Int? {
        var character: [UInt8] = []
        var place = index
        while place < end, character.count < 4, self[place] >= 0x80 {
            character.append(self[place])
            place += 1
            let length = character.span.sequenceLength(0, character.count)
            guard length == 0 else { return place }
            place += foldLength(place, end)
        }
        return nil
    }

    /// Bytes of the line end and the blank after it at `index`; 0 where there is no fold.
    private func foldLength(_ index: Int, _ end: Int) -> Int {
        var place = index
        while place < end, self[place] == ASCII.carriageReturn { place += 1 }
        if place < end, self[place] == ASCII.lineFeed { place += 1 }
        guard place > index, place < end, ASCII.isBlank(self[place]) else { return 0 }
        return place + 1 - index
    }

    /// Bytes of the sequence of several bytes that begins at `index`; 0 where there is none.
    fileprivate func sequenceLength(_ index: Int, _ end: Int) -> Int {
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
