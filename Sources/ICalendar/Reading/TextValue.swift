/// `TEXT` (RFC 5545 §3.3.11) and the quoted-printable text of vCalendar 1.0 (RFC 2045 §6.7).
enum TextValue {
    /// `\n` and `\N` are a line break; a backslash before anything but `\ ; ,` is no escape and stays.
    static func unescaped(_ bytes: Span<UInt8>, _ range: Range<Int>) -> String {
        unsafe String(unsafeUninitializedCapacity: range.count) { result in
            var count = 0
            var index = range.lowerBound
            while index < range.upperBound {
                var byte = bytes[index]
                if byte == ASCII.backslash, index + 1 < range.upperBound, let meant = escaped(bytes[index + 1]) {
                    byte = meant
                    index += 1
                }
                unsafe result[count] = byte
                count += 1
                index += 1
            }
            return count
        }
    }

    static func unescaped(_ text: String) -> String {
        let bytes = text.utf8.span
        return unescaped(bytes, bytes.indices)
    }

    /// What a byte behind a backslash means; `nil` where the two are no escape.
    @inline(__always)
    private static func escaped(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "n"), UInt8(ascii: "N"): ASCII.lineFeed
        case ASCII.backslash, ASCII.semicolon, ASCII.comma: byte
        case _: nil
        }
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
        let bytes = text.utf8.span
        var values: [String] = []
        var start = 0
        var isEscaped = false
        for index in bytes.indices {
            if bytes[index] == ASCII.comma, !isEscaped {
                values.append(unescaped(bytes, start..<index))
                start = index + 1
                continue
            }
            isEscaped = bytes[index] == ASCII.backslash && !isEscaped
        }
        values.append(unescaped(bytes, start..<bytes.count))
        return values
    }
}
