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
    /// The first place of `byte` in `range`, by the C library's vectorised search.
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

    /// Up to eight bytes from `start` on as a little-endian number, the first byte lowest; zeros beyond `length`.
    @inline(__always)
    func word(at start: Int, length: Int) -> UInt64 {
        precondition(start >= 0 && length >= 0 && start + length <= count, "range outside the span")
        guard length > 0 else { return 0 }
        let used = Swift.min(length, 8)
        if start + 8 <= count {
            let word = unsafe withUnsafeBytes { unsafe $0.loadUnaligned(fromByteOffset: start, as: UInt64.self) }
            return UInt64(littleEndian: word) & (UInt64.max >> UInt64(64 - 8 * used))
        }
        var word: UInt64 = 0
        for index in 0..<used { word |= UInt64(self[start + index]) << UInt64(8 * index) }
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
        unsafe withUnsafeBytes { buffer in
            let width = SIMD32<UInt8>.scalarCount
            var all = SIMD32<UInt8>.zero
            var zeros = SIMDMask<SIMD32<Int8>>(repeating: false)
            var bareReturns = SIMDMask<SIMD32<Int8>>(repeating: false)
            var position = 0
            // The byte after each one is looked at too, hence `<`.
            while position + width < buffer.count {
                let here = unsafe buffer.loadUnaligned(fromByteOffset: position, as: SIMD32<UInt8>.self)
                let next = unsafe buffer.loadUnaligned(fromByteOffset: position + 1, as: SIMD32<UInt8>.self)
                all |= here
                zeros = zeros .| (here .== 0)
                bareReturns = bareReturns .| ((here .== ASCII.carriageReturn) .& (next .!= ASCII.lineFeed))
                position += width
            }
            survey.hasHighBytes = any(all .>= 0x80)
            survey.hasZeros = any(zeros)
            survey.hasBareReturns = any(bareReturns)
            while position < buffer.count {
                let byte = unsafe buffer[position]
                let next = position + 1 < buffer.count ? unsafe buffer[position + 1] : 0
                survey.hasHighBytes = survey.hasHighBytes || byte >= 0x80
                survey.hasZeros = survey.hasZeros || byte == 0
                survey.hasBareReturns =
                    survey.hasBareReturns || (byte == ASCII.carriageReturn && next != ASCII.lineFeed)
                position += 1
            }
        }
        return survey
    }

    func isUTF8(_ range: Range<Int>) -> Bool {
        do {
            _ = try UTF8Span(validating: extracting(range))
            return true
        } catch {
            return false
        }
    }
}

/// What kinds of bytes a text holds.
struct ByteSurvey: Equatable {
    var hasHighBytes = false
    var hasZeros = false
    /// A CR that no LF follows.
    var hasBareReturns = false
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
