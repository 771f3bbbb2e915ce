/// Recognises UTF-16 by its mark, or by the zero that half of `BEGIN` is then made of, and turns it into UTF-8.
struct UTF16Text {
    private let isBigEndian: Bool
    private let markLength: Int

    /// `nil` for anything else.
    static func recognised(in bytes: [UInt8]) -> UTF16Text? {
        guard bytes.count >= 2 else { return nil }
        let begin = UInt8(ascii: "B")
        switch (bytes[0], bytes[1], ASCII.uppercased(bytes[0]), ASCII.uppercased(bytes[1])) {
        case (0xFF, 0xFE, _, _): return UTF16Text(isBigEndian: false, markLength: 2)
        case (0xFE, 0xFF, _, _): return UTF16Text(isBigEndian: true, markLength: 2)
        case (_, 0, begin, _): return UTF16Text(isBigEndian: false, markLength: 0)
        case (0, _, _, begin): return UTF16Text(isBigEndian: true, markLength: 0)
        case (_, _, _, _): return nil
        }
    }

    /// What is not a pair of surrogates becomes U+FFFD, an odd last byte is dropped.
    func transcoded(_ bytes: [UInt8]) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count / 2)
        let units = stride(from: markLength, to: bytes.count - 1, by: 2).lazy.map { index in
            let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
            return isBigEndian ? first << 8 | second : second << 8 | first
        }
        _ = transcode(units.makeIterator(), from: UTF16.self, to: UTF8.self, stoppingOnError: false) { text.append($0) }
        return text
    }
}
