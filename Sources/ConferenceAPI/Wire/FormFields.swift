/// `application/x-www-form-urlencoded` (WHATWG URL §5.1): `+` is a space, escapes in either case, the first of repeated
/// fields counts.
enum FormFields {
    /// The fields called `names`; what others and later ones say does not matter, readable or not.
    static func decode(_ body: [UInt8], names: [String]) throws(ConferenceFormError) -> [String: String] {
        var fields: [String: String] = [:]
        for pair in body.split(separator: UInt8(ascii: "&")) {
            let halves = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = unescape(halves[0]), names.contains(name), fields[name] == nil else { continue }
            guard let value = unescape(halves.count > 1 ? halves[1] : []) else { throw .notForm }
            fields[name] = value
        }
        return fields
    }

    /// `nil` for a broken escape or for bytes that are not UTF-8.
    private static func unescape(_ bytes: ArraySlice<UInt8>) -> String? {
        var decoded: [UInt8] = []
        var rest = bytes
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): decoded.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst().flatMap(hexDigit), let low = rest.popFirst().flatMap(hexDigit) else {
                    return nil
                }
                decoded.append(high << 4 | low)
            default: decoded.append(byte)
            }
        }
        return String(validating: decoded, as: UTF8.self)
    }

    private static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
