/// The bytes that the grammar of content lines is made of (RFC 5545 §3.1).
enum ASCII {
    static let tab = UInt8(ascii: "\t")
    static let lineFeed = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
    static let space = UInt8(ascii: " ")
    static let quote = UInt8(ascii: "\"")
    static let comma = UInt8(ascii: ",")
    static let colon = UInt8(ascii: ":")
    static let semicolon = UInt8(ascii: ";")
    static let equals = UInt8(ascii: "=")
    static let backslash = UInt8(ascii: "\\")
    static let caret = UInt8(ascii: "^")
    static let period = UInt8(ascii: ".")
    static let slash = UInt8(ascii: "/")
    static let hyphen = UInt8(ascii: "-")
    static let plus = UInt8(ascii: "+")
    static let zero = UInt8(ascii: "0")
    static let nine = UInt8(ascii: "9")

    static func isBlank(_ byte: UInt8) -> Bool { byte == space || byte == tab }

    static func isDigit(_ byte: UInt8) -> Bool { byte &- zero < 10 }

    static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- UInt8(ascii: "a") < 26 }

    /// `name = iana-token / x-name`, and the underscore that some producers write in X-names.
    static func isNameByte(_ byte: UInt8) -> Bool {
        byte < 0x80 && (byte < 64 ? nameBytes.low : nameBytes.high) &>> UInt64(byte & 63) & 1 != 0
    }

    /// A bit for each of the 128 that may stand in a name: `-`, the digits, `_` and the letters.
    private static let nameBytes: (low: UInt64, high: UInt64) = (0x03FF_2000_0000_0000, 0x07FF_FFFE_87FF_FFFE)

    static func uppercased(_ byte: UInt8) -> UInt8 {
        byte &- UInt8(ascii: "a") < 26 ? byte & 0xDF : byte
    }

    /// The value of a hexadecimal digit of either case.
    static func hexadecimalValue(_ byte: UInt8) -> UInt8? {
        if isDigit(byte) { return byte - zero }
        let offset = (byte | 0x20) &- UInt8(ascii: "a")
        return offset < 6 ? offset + 10 : nil
    }
}
