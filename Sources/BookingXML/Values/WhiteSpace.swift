extension UInt8 {
    /// `S` of XML 1.0 §2.3.
    var isWhitespace: Bool {
        self == UInt8(ascii: " ") || self == UInt8(ascii: "\n") || self == UInt8(ascii: "\t")
            || self == UInt8(ascii: "\r")
    }
}

extension ArraySlice<UInt8> {
    /// Without the white space of XML at both ends.
    var trimmed: ArraySlice<UInt8> {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
        else { return self[endIndex...] }
        return self[first...last]
    }

    /// An `xs:token`: white space at the ends removed, elsewhere one space (XML Schema 1.1 part 2, §4.3.6).
    var token: String { span.token }
}

extension Span<UInt8> {
    var isBlank: Bool {
        for index in indices where !self[index].isWhitespace { return false }
        return true
    }

    /// What is left without the white space of XML at both ends.
    var trimmedText: String {
        var (first, last) = (0, count)
        while first < last, self[first].isWhitespace { first += 1 }
        while last > first, self[last - 1].isWhitespace { last -= 1 }
        return String(copying: extracting(first..<last))
    }

    /// As of a slice.
    var token: String {
        guard !isToken else { return String(copying: self) }
        let words = String(copying: self).utf8.split(whereSeparator: \.isWhitespace)
        return words.map { String(Substring($0)) }.joined(separator: " ")
    }

    private var isToken: Bool {
        var isAfterSpace = true
        for index in indices {
            let byte = self[index]
            guard byte > UInt8(ascii: " ") || (byte == UInt8(ascii: " ") && !isAfterSpace) else { return false }
            isAfterSpace = byte == UInt8(ascii: " ")
        }
        return !isAfterSpace
    }
}

extension String {
    /// Without the white space of XML at both ends.
    var trimmed: String { String(decoding: Array(utf8)[...].trimmed, as: UTF8.self) }

    /// An `xs:token`, as of bytes.
    var token: String { Array(utf8)[...].token }
}
