/// `TEXT` (RFC 5545 §3.3.11) and the quoted-printable text of vCalendar 1.0 (RFC 2045 §6.7).
enum TextValue {
    /// `\n` and `\N` are a line break; a backslash before anything but `\ ; ,` is no escape and stays.
    static func unescaped(_ bytes: some Collection<UInt8>) -> String {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var isEscaped = false
        for byte in bytes {
            switch (isEscaped, byte) {
            case (false, ASCII.backslash):
                isEscaped = true
                continue
            case (true, UInt8(ascii: "n")), (true, UInt8(ascii: "N")): result.append(ASCII.lineFeed)
            case (true, ASCII.backslash), (true, ASCII.semicolon), (true, ASCII.comma): result.append(byte)
            case (true, _): result += [ASCII.backslash, byte]
            case (false, _): result.append(byte)
            }
            isEscaped = false
        }
        if isEscaped { result.append(ASCII.backslash) }
        return String(decoding: result, as: UTF8.self)
    }

    /// `=XX` is a byte; anything else stays. What is not UTF-8 then is Windows-1252, and CRLF becomes LF.
    static func quotedPrintable(_ bytes: Span<UInt8>, _ range: Range<Int>) -> String {
        var result: [UInt8] = []
        result.reserveCapacity(range.count)
        var index = range.lowerBound
        while index < range.upperBound {
            var byte = bytes[index]
            if byte == ASCII.equals, index + 2 < range.upperBound,
                let high = ASCII.hexadecimalValue(bytes[index + 1]), let low = ASCII.hexadecimalValue(bytes[index + 2])
            {
                byte = high << 4 | low
                index += 2
            }
            index += 1
            if byte == ASCII.lineFeed, result.last == ASCII.carriageReturn { result.removeLast() }
            result.append(byte)
        }
        guard result.span.isUTF8(result.indices) else { return Windows1252.string(result) }
        return String(decoding: result, as: UTF8.self)
    }

    /// The values of `text *("," text)`, separated at commas that no backslash stands before.
    static func list(_ text: String) -> [String] {
        var values: [String] = []
        var value: [UInt8] = []
        var isEscaped = false
        for byte in text.utf8 {
            if byte == ASCII.comma, !isEscaped {
                values.append(unescaped(value))
                value = []
                continue
            }
            value.append(byte)
            isEscaped = byte == ASCII.backslash && !isEscaped
        }
        values.append(unescaped(value))
        return values
    }
}
