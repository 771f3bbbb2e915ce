#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

// The only file of the reader that touches memory without the bounds checks of `Span`: each function checks its range
// once, then works on raw bytes.

extension Span where Element == UInt8 {
    /// The first place of `byte` in `range`, by the C library's vectorised search: for long ranges.
    @inline(__always)
    func firstIndex(of byte: UInt8, in range: Range<Int>) -> Int? {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "range outside the span")
        return unsafe withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress,
                let found = unsafe memchr(base + range.lowerBound, Int32(byte), range.count)
            else { return nil }
            return unsafe base.distance(to: UnsafeRawPointer(found))
        }
    }

    /// Eight bytes from `start` on as a number, the first byte lowest; zeros beyond the end of the span.
    @inline(__always)
    func word(at start: Int) -> UInt64 {
        // One question for both ends: a negative start is a great number.
        guard UInt(bitPattern: start) < UInt(bitPattern: Swift.max(0, count &- 7)) else {
            return shortWord(at: start)
        }
        return unsafe withUnsafeBytes { buffer in
            UInt64(littleEndian: unsafe buffer.loadUnaligned(fromByteOffset: start, as: UInt64.self))
        }
    }

    /// 16 bytes from `start` on; zeros beyond the end of the span.
    @inline(__always)
    func block(at start: Int) -> SIMD16<UInt8> {
        guard UInt(bitPattern: start) < UInt(bitPattern: Swift.max(0, count &- 15)) else {
            return shortBlock(at: start)
        }
        return unsafe withUnsafeBytes { unsafe $0.loadUnaligned(fromByteOffset: start, as: SIMD16<UInt8>.self) }
    }

    @inline(never)
    private func shortBlock(at start: Int) -> SIMD16<UInt8> {
        var block = SIMD16<UInt8>(repeating: 0)
        for index in start..<Swift.max(start, Swift.min(count, start + 16)) { block[index - start] = self[index] }
        return block
    }

    /// Whether one of 32 bytes from `start` on is 0x80 or above; all of them are in the span.
    @inline(__always)
    func hasHighBytes(in32From start: Int) -> Bool {
        precondition(start >= 0 && start <= count &- 32, "range outside the span")
        return unsafe withUnsafeBytes { buffer in
            let first = unsafe buffer.loadUnaligned(fromByteOffset: start, as: SIMD2<UInt64>.self)
            let second = unsafe buffer.loadUnaligned(fromByteOffset: start &+ 16, as: SIMD2<UInt64>.self)
            let all = first | second
            return (all[0] | all[1]) & WordBytes.highBits != 0
        }
    }

    @inline(never)
    private func shortWord(at start: Int) -> UInt64 {
        var word: UInt64 = 0
        for index in start..<Swift.max(start, count) { word |= UInt64(self[index]) << UInt64(8 * (index - start)) }
        return word
    }

    /// What `range` holds, as text; anything that is not UTF-8 becomes U+FFFD.
    @inline(__always)
    func string(_ range: Range<Int>) -> String {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "range outside the span")
        return unsafe withUnsafeBufferPointer { buffer in
            unsafe String(decoding: UnsafeBufferPointer(rebasing: buffer[range]), as: UTF8.self)
        }
    }

    /// How many bytes of `range` are `byte`.
    func count(of byte: UInt8, in range: Range<Int>) -> Int {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "range outside the span")
        return unsafe withUnsafeBytes { buffer in
            var count = 0
            for place in range { count &+= unsafe buffer[place] == byte ? 1 : 0 }
            return count
        }
    }

    /// What kinds of bytes there are in pieces of 64, and how far: a piece that another byte follows is looked at.
    ///
    /// - Parameter highPiece: is called with the beginning of each piece in which there are bytes of 0x80 and above.
    @inline(__always)
    func kindsOfWholePieces(_ highPiece: (Int) -> Void) -> (ByteKinds, end: Int) {
        typealias Block = SIMD16<UInt8>
        var zeros = SIMDMask<SIMD16<Int8>>(repeating: false)
        var bareReturns = zeros
        var start = 0
        var hasHigh = false
        unsafe withUnsafeBytes { buffer in
            while start < buffer.count &- 64 {
                var all = Block(repeating: 0)
                for offset in 0..<4 {
                    let place = start &+ offset &* 16
                    let here = unsafe buffer.loadUnaligned(fromByteOffset: place, as: Block.self)
                    let next = unsafe buffer.loadUnaligned(fromByteOffset: place &+ 1, as: Block.self)
                    all |= here
                    zeros .|= here .== Block(repeating: 0)
                    let isReturn = here .== Block(repeating: ASCII.carriageReturn)
                    bareReturns .|= isReturn .& (next .!= Block(repeating: ASCII.lineFeed))
                }
                let words = unsafe unsafeBitCast(all, to: SIMD2<UInt64>.self)
                if (words[0] | words[1]) & WordBytes.highBits != 0 {
                    hasHigh = true
                    highPiece(start)
                }
                start &+= 64
            }
        }
        var kinds: ByteKinds = []
        if hasHigh { kinds.insert(.high) }
        if any(zeros) { kinds.insert(.zero) }
        if any(bareReturns) { kinds.insert(.bareReturn) }
        return (kinds, start)
    }
}

/// Moves `source` to begin at `destination`; the two may overlap.
///
/// It is no method of the span because Swift 6.2 refuses mutating ones on types that cannot escape.
@inline(__always)
func move(_ source: Range<Int>, to destination: Int, in bytes: inout MutableSpan<UInt8>) {
    precondition(source.lowerBound >= 0 && source.upperBound <= bytes.count, "range outside the span")
    precondition(destination >= 0 && destination + source.count <= bytes.count, "range outside the span")
    unsafe bytes.withUnsafeMutableBytes { buffer in
        guard let base = buffer.baseAddress else { return }
        _ = unsafe memmove(base + destination, base + source.lowerBound, source.count)
    }
}

/// Writes `lineFeeds` LFs into `range`, which has at most 8 bytes, and CRs after them; `false` so near to the end of
/// the text that nothing is written.
@inline(__always)
func putFiller(_ range: Range<Int>, lineFeeds: Int, in bytes: inout MutableSpan<UInt8>) -> Bool {
    guard range.lowerBound >= 0, range.lowerBound <= bytes.count &- 8, range.count <= 8 else { return false }
    let feeds = WordBytes.prefix(~0, lineFeeds)
    let filler = feeds & WordBytes.all(ASCII.lineFeed) | ~feeds & WordBytes.all(ASCII.carriageReturn)
    unsafe bytes.withUnsafeMutableBytes { buffer in
        let word = unsafe UInt64(
            littleEndian: buffer.loadUnaligned(fromByteOffset: range.lowerBound, as: UInt64.self))
        let kept = word & ~WordBytes.prefix(~0, range.count)
        unsafe buffer.storeBytes(
            of: (kept | WordBytes.prefix(filler, range.count)).littleEndian, toByteOffset: range.lowerBound,
            as: UInt64.self)
    }
    return true
}

extension SIMDMask<SIMD16<Int8>> {
    /// The number of the first lane that is set; `nil` where there is none.
    @inline(__always)
    var firstLane: Int? {
        // Two words tell it in fewer steps than the lanes one by one.
        let words = unsafe unsafeBitCast(self, to: SIMD2<UInt64>.self)
        if words[0] != 0 { return words[0].trailingZeroBitCount / 8 }
        return words[1] != 0 ? 8 &+ words[1].trailingZeroBitCount / 8 : nil
    }
}
