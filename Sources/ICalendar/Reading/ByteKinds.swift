/// What kinds of bytes a text holds, which decides how the rest is read.
struct ByteKinds: OptionSet {
    let rawValue: UInt8

    /// 0x80 and above.
    static let high = ByteKinds(rawValue: 1)
    static let zero = ByteKinds(rawValue: 2)
    /// A CR that no LF follows.
    static let bareReturn = ByteKinds(rawValue: 4)
    /// What is not UTF-8, apart from folds inside characters.
    static let foreign = ByteKinds(rawValue: 8)

    /// One look at every byte: in pieces that stay in the processor's cache, since some are looked at twice.
    static func survey(_ bytes: Span<UInt8>) -> ByteKinds {
        var kinds: ByteKinds = []
        var checked = 0
        var start = 0
        while start < bytes.count {
            let piece = start..<min(start + 16_384, bytes.count)
            let found = bytes.kinds(in: piece)
            kinds.formUnion(found)
            if found.contains(.high), !kinds.contains(.foreign) {
                // A fold may cut a character in two, so that what is not UTF-8 here may be so line by line.
                if let end = bytes.endOfUTF8(max(start, checked)..<max(piece.upperBound, checked), limit: bytes.count) {
                    checked = end
                } else {
                    kinds.insert(.foreign)
                }
            }
            start = piece.upperBound
        }
        return kinds
    }
}
