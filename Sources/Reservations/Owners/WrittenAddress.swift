/// Where in a text the bare address of somebody stands, found in one look at its bytes: an export has an address for
/// everybody in every entry.
struct WrittenAddress {
    private let range: Range<Int>
    private let isASCII: Bool
    /// `mailto:`
    private static var mailto: InlineArray<7, UInt8> { [0x6D, 0x61, 0x69, 0x6C, 0x74, 0x6F, 0x3A] }

    /// `nil` without a single `@` inside.
    init?(in bytes: Span<UInt8>) {
        var range = bytes.trimmed(bytes.indices)
        if bytes.begins(with: Self.mailto, range) {
            range = bytes.trimmed(range.lowerBound + Self.mailto.count..<range.upperBound)
        }
        var (end, at, allBits) = (range.lowerBound, Int?.none, UInt8(0))
        while end < range.upperBound, bytes[end] != UInt8(ascii: "/") {
            if bytes[end] == UInt8(ascii: "@") {
                guard at == nil else { return nil }
                at = end
            }
            allBits |= bytes[end]
            end += 1
        }
        guard let at, at > range.lowerBound, at + 1 < end else { return nil }
        self.range = range.lowerBound..<end
        isASCII = allBits < 0x80
    }

    /// The address, case folded.
    ///
    /// - Parameter text: in whose bytes it was found.
    func address(in text: String) -> String {
        guard isASCII else {
            let start = text.utf8.index(text.startIndex, offsetBy: range.lowerBound)
            let end = text.utf8.index(start, offsetBy: range.count)
            return String(Substring(text.utf8[start..<end])).lowercased()
        }
        let bytes = text.utf8.span
        return unsafe String(unsafeUninitializedCapacity: range.count) { buffer in
            for offset in 0..<range.count {
                unsafe buffer[offset] = bytes[range.lowerBound + offset].lowerASCII
            }
            return range.count
        }
    }
}

extension Span where Element == UInt8 {
    /// - Parameter word: in lower case.
    fileprivate func begins(with word: InlineArray<7, UInt8>, _ range: Range<Int>) -> Bool {
        guard range.count >= word.count else { return false }
        for index in word.indices where self[range.lowerBound + index].lowerASCII != word[index] { return false }
        return true
    }

    /// Without the spaces around it.
    fileprivate func trimmed(_ range: Range<Int>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, self[start] == UInt8(ascii: " ") { start += 1 }
        while start < end, self[end - 1] == UInt8(ascii: " ") { end -= 1 }
        return start..<end
    }
}
