/// Eight bytes looked at as one number, the first byte lowest; beside it the searches for single bytes.
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

    /// The highest bit of the first byte that is zero, and maybe of bytes after it: cheaper where the first is wanted.
    @inline(__always)
    static func firstZero(_ word: UInt64) -> UInt64 { (word &- all(1)) & ~word & highBits }

    /// The four numbers of two digits that eight bytes hold.
    struct DecimalPairs {
        private let pairs: UInt64

        /// `nil` where one of the bytes is no digit.
        @inline(__always)
        init?(_ word: UInt64) {
            let digits = word ^ all(ASCII.zero)
            // A digit stays below 0x80 when 0x76 is added to it, and has no high bit itself.
            guard (digits | (digits &+ all(0x76))) & highBits == 0 else { return nil }
            pairs = digits &* 10 &+ (digits >> 8)
        }

        /// 0...3, from the left.
        @inline(__always)
        subscript(_ index: Int) -> Int {
            Int(truncatingIfNeeded: pairs &>> UInt64(truncatingIfNeeded: index &* 16) & 0xFF)
        }
    }

    /// The same for the first colon or semicolon, which differ in the lowest bit alone.
    @inline(__always)
    static func firstNameDelimiter(_ word: UInt64) -> UInt64 { firstZero((word | all(1)) ^ all(ASCII.semicolon)) }

    /// The first `length` bytes, zeros beyond.
    @inline(__always)
    static func prefix(_ word: UInt64, _ length: Int) -> UInt64 {
        length >= 8 ? word : word & ((1 &<< UInt64(truncatingIfNeeded: 8 &* length)) &- 1)
    }
}

extension Span where Element == UInt8 {
    /// The first place of `byte` in `range`, 16 at a time: for short ranges.
    @inline(__always)
    func firstIndexNear(of byte: UInt8, in range: Range<Int>) -> Int? {
        firstIndex(in: range) { $0 .== SIMD16(repeating: byte) }
    }

    /// The first place of either byte in `range`.
    @inline(__always)
    func firstIndex(of first: UInt8, or second: UInt8, in range: Range<Int>) -> Int? {
        firstIndex(in: range) { ($0 .== SIMD16(repeating: first)) .| ($0 .== SIMD16(repeating: second)) }
    }

    /// The first place of one of three bytes in `range`.
    @inline(__always)
    func firstIndex(of first: UInt8, or second: UInt8, or third: UInt8, in range: Range<Int>) -> Int? {
        firstIndex(in: range) {
            ($0 .== SIMD16(repeating: first)) .| ($0 .== SIMD16(repeating: second)) .| ($0 .== SIMD16(repeating: third))
        }
    }

    /// The first byte in `range` that cannot stand in a name.
    @inline(__always)
    func firstIndexOutsideNames(in range: Range<Int>) -> Int? {
        firstIndex(in: range) { block in
            let letters = (block | SIMD16(repeating: 0x20)) &- SIMD16(repeating: UInt8(ascii: "a"))
            let digits = block &- SIMD16(repeating: ASCII.zero)
            return (letters .>= SIMD16(repeating: 26)) .& (digits .>= SIMD16(repeating: 10))
                .& (block .!= SIMD16(repeating: ASCII.hyphen)) .& (block .!= SIMD16(repeating: UInt8(ascii: "_")))
        }
    }

    /// The first place in `range` that `matches` marks, 16 at a time.
    @inline(__always)
    private func firstIndex(
        in range: Range<Int>, _ matches: (SIMD16<UInt8>) -> SIMDMask<SIMD16<Int8>>
    ) -> Int? {
        var index = range.lowerBound
        while index < range.upperBound {
            if let lane = matches(block(at: index)).firstLane {
                let found = index &+ lane
                return found < range.upperBound ? found : nil
            }
            index &+= 16
        }
        return nil
    }

    /// Whether `range` holds the same bytes as another range of a span, eight at a time.
    @inline(__always)
    func areEqual(_ range: Range<Int>, _ other: Span<UInt8>, _ otherRange: Range<Int>) -> Bool {
        guard range.count == otherRange.count else { return false }
        var offset = 0
        while offset < range.count {
            let difference = word(at: range.lowerBound &+ offset) ^ other.word(at: otherRange.lowerBound &+ offset)
            guard WordBytes.prefix(difference, range.count &- offset) == 0 else { return false }
            offset &+= 8
        }
        return true
    }

    /// The first colon or semicolon in `range`, eight bytes at a time: the end of a name.
    @inline(__always)
    func firstNameDelimiter(in range: Range<Int>) -> Int? {
        var index = range.lowerBound
        while index < range.upperBound {
            let hits = WordBytes.firstNameDelimiter(word(at: index))
            if hits != 0 {
                let found = index &+ hits.trailingZeroBitCount / 8
                return found < range.upperBound ? found : nil
            }
            index &+= 8
        }
        return nil
    }
}
