/// The encoding of old Windows programs, a superset of what is printable in Latin-1.
enum Windows1252 {
    /// 0x80...0x9F by the WHATWG's index, which gives the five holes their C1 controls.
    private static let upperControls: [UInt16] = [
        0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
        0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D, 0x017D, 0x008F,
        0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
        0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178,
    ]

    /// Every byte has a meaning, so that this cannot fail.
    static func string(_ bytes: some Sequence<UInt8>) -> String {
        var text = String.UnicodeScalarView()
        for byte in bytes {
            let isMapped = (0x80...0x9F).contains(byte)
            let value = isMapped ? UInt32(upperControls[Int(byte) - 0x80]) : UInt32(byte)
            text.append(Unicode.Scalar(value) ?? "\u{FFFD}")
        }
        return String(text)
    }
}
