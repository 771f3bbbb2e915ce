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

    /// One look at every byte; those of pieces with others than ASCII are looked at twice, while they are at hand.
    static func survey(_ bytes: Span<UInt8>) -> ByteKinds {
        var encoding = EncodingCheck()
        var (kinds, end) = bytes.kindsOfWholePieces { encoding.check(bytes, $0..<$0 &+ 64) }
        for index in end..<bytes.count { kinds.formUnion(Self.kinds(of: index, in: bytes)) }
        if kinds.contains(.high) { encoding.check(bytes, end..<bytes.count) }
        if encoding.isForeign { kinds.insert(.foreign) }
        return kinds
    }

    private static func kinds(of index: Int, in bytes: Span<UInt8>) -> ByteKinds {
        var kinds: ByteKinds = []
        if bytes[index] >= 0x80 { kinds.insert(.high) }
        if bytes[index] == 0 { kinds.insert(.zero) }
        let isFollowed = index + 1 < bytes.count && bytes[index + 1] == ASCII.lineFeed
        if bytes[index] == ASCII.carriageReturn, !isFollowed { kinds.insert(.bareReturn) }
        return kinds
    }
}

/// Whether a text is UTF-8, piece by piece.
///
/// A fold may cut a character in two, so that what is not UTF-8 here may be so line by line.
private struct EncodingCheck {
    private(set) var isForeign = false
    private var end = 0

    mutating func check(_ bytes: Span<UInt8>, _ piece: Range<Int>) {
        guard !isForeign, piece.upperBound > end else { return }
        guard let checked = bytes.endOfUTF8(max(piece.lowerBound, end)..<piece.upperBound, limit: bytes.count) else {
            isForeign = true
            return
        }
        end = checked
    }
}
