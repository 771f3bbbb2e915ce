/// What nearly all names of rooms are, told by their bytes: ASCII and the letters from `À` to `ÿ`, without escapes and
/// control characters, and not spaces alone. NFKC leaves such a text as it is, and lower-casing changes single bits.
struct LatinText {
    private let canonicalBytes: Int

    /// `nil` for any other text.
    init?(_ bytes: Span<UInt8>) {
        guard bytes.count <= CanonicalText.maximumRawBytes else { return nil }
        var (escapes, spaces, before) = (0, 0, UInt8(0))
        for index in bytes.indices {
            let byte = bytes[index]
            let isLatin = byte < 0x80 ? byte >= UInt8(ascii: " ") && byte != 0x7F : byte == 0xC3 || before == 0xC3
            guard isLatin, byte != UInt8(ascii: "%") else { return nil }
            if !byte.isUnreserved { escapes += 1 }
            if byte == UInt8(ascii: " ") { spaces += 1 }
            before = byte
        }
        guard spaces < bytes.count else { return nil }
        canonicalBytes = bytes.count + 2 * escapes
    }

    /// - Parameter bytes: those that it was told by.
    func canonical(_ bytes: Span<UInt8>) -> String {
        unsafe String(unsafeUninitializedCapacity: canonicalBytes) { buffer in
            var end = 0
            for index in bytes.indices {
                let byte = bytes[index].lowerLatin
                if byte.isUnreserved {
                    unsafe buffer[end] = byte
                    end += 1
                } else {
                    unsafe buffer[end] = UInt8(ascii: "%")
                    unsafe buffer[end + 1] = (byte >> 4).hexadecimal
                    unsafe buffer[end + 2] = (byte & 15).hexadecimal
                    end += 3
                }
            }
            return end
        }
    }
}

extension UInt8 {
    /// The same for the second byte of a letter: those of `À` to `Þ`, among which `×` stands.
    fileprivate var lowerLatin: UInt8 { (0x80...0x9E).contains(self) && self != 0x97 ? self | 0x20 : lowerASCII }
}
