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
        guard start >= 0, start <= count &- 8 else { return shortWord(at: start) }
        return unsafe withUnsafeBytes { buffer in
            UInt64(littleEndian: unsafe buffer.loadUnaligned(fromByteOffset: start, as: UInt64.self))
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

    /// One look at every byte, which decides how the rest is read.
    func survey() -> ByteSurvey {
        var survey = ByteSurvey()
        var (all, zeros, bareReturns): (UInt64, UInt64, UInt64) = (0, 0, 0)
        // The byte after each one is looked at too.
        let words = Swift.max(count - 1, 0) / 8
        unsafe withUnsafeBytes { buffer in
            for index in 0..<words {
                let here = unsafe buffer.loadUnaligned(fromByteOffset: index &* 8, as: UInt64.self)
                let next = unsafe buffer.loadUnaligned(fromByteOffset: index &* 8 &+ 1, as: UInt64.self)
                all |= here
                zeros |= WordBytes.zeros(here)
                bareReturns |=
                    WordBytes.zeros(here ^ WordBytes.all(ASCII.carriageReturn))
                    & ~WordBytes.zeros(next ^ WordBytes.all(ASCII.lineFeed))
            }
        }
        survey.hasHighBytes = all & WordBytes.highBits != 0
        survey.hasZeros = zeros != 0
        survey.hasBareReturns = bareReturns != 0
        for index in words * 8..<count {
            let (byte, next) = (self[index], index + 1 < count ? self[index + 1] : 0)
            if byte >= 0x80 { survey.hasHighBytes = true }
            if byte == 0 { survey.hasZeros = true }
            if byte == ASCII.carriageReturn, next != ASCII.lineFeed { survey.hasBareReturns = true }
        }
        return survey
    }
}

extension MutableSpan where Element == UInt8 {
    /// Moves `source` to begin at `destination`; the two may overlap.
    @inline(__always)
    mutating func move(_ source: Range<Int>, to destination: Int) {
        precondition(source.lowerBound >= 0 && source.upperBound <= count, "range outside the span")
        precondition(destination >= 0 && destination + source.count <= count, "range outside the span")
        unsafe withUnsafeMutableBytes { buffer in
            guard let base = buffer.baseAddress else { return }
            _ = unsafe memmove(base + destination, base + source.lowerBound, source.count)
        }
    }
}
