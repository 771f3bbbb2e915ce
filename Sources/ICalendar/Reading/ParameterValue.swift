/// `param-value = paramtext / quoted-string` (RFC 5545 §3.2), with the circumflex escapes of RFC 6868.
enum ParameterValue {
    /// One value: without its quotes, unescaped. Commas outside quotes are taken as part of it, since names with
    /// unquoted commas are more common than lists.
    static func single(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
        guard range.count >= 2, bytes[range.lowerBound] == ASCII.quote, bytes[range.upperBound - 1] == ASCII.quote
        else { return range }
        return range.lowerBound + 1..<range.upperBound - 1
    }

    /// The values of a list, separated at commas outside quotes.
    static func list(_ bytes: Span<UInt8>, _ range: Range<Int>) -> [Range<Int>] {
        var values: [Range<Int>] = []
        var start = range.lowerBound
        var isQuoted = false
        for index in range {
            if bytes[index] == ASCII.quote { isQuoted.toggle() }
            guard bytes[index] == ASCII.comma, !isQuoted else { continue }
            values.append(single(bytes, start..<index))
            start = index + 1
        }
        values.append(single(bytes, start..<range.upperBound))
        return values
    }

    /// `^n` is a line break, `^^` a circumflex, `^'` a quote; any other pair stays as it is (RFC 6868 §3.2).
    static func unescaped(_ text: String) -> String {
        guard text.utf8.contains(ASCII.caret) else { return text }
        var result: [UInt8] = []
        result.reserveCapacity(text.utf8.count)
        var isEscaped = false
        for byte in text.utf8 {
            switch (isEscaped, byte) {
            case (false, ASCII.caret):
                isEscaped = true
                continue
            case (true, UInt8(ascii: "n")), (true, UInt8(ascii: "N")): result.append(ASCII.lineFeed)
            case (true, ASCII.caret): result.append(ASCII.caret)
            case (true, UInt8(ascii: "'")): result.append(ASCII.quote)
            case (true, _): result += [ASCII.caret, byte]
            case (false, _): result.append(byte)
            }
            isEscaped = false
        }
        if isEscaped { result.append(ASCII.caret) }
        return String(decoding: result, as: UTF8.self)
    }
}
