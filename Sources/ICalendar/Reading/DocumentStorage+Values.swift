extension DocumentStorage {
    /// The value of the line as text: unescaped, and decoded where it is quoted-printable.
    func textValue(ofLine index: Int) -> String {
        let text = text
        let range = self.range(ofValue: index)
        let parameters = self.range(ofParameters: index)
        if !parameters.isEmpty, ParameterCursor(parameters).areQuotedPrintable(text.span) {
            return TextValue.unescaped(TextValue.quotedPrintable(text.span, range))
        }
        guard text.span.firstIndex(of: ASCII.backslash, in: range) != nil else {
            return string(range, ofLine: index)
        }
        guard lines[index].flags.contains(.windows1252) else { return TextValue.unescaped(text.span, range) }
        return TextValue.unescaped(string(range, ofLine: index))
    }

    /// One value of a parameter: without quotes, unescaped.
    func parameterValue(_ range: Range<Int>, ofLine index: Int) -> String {
        let text = text
        let value = ParameterValue.single(text.span, range)
        guard text.span.firstIndexNear(of: ASCII.caret, in: value) != nil else { return string(value, ofLine: index) }
        return ParameterValue.unescaped(string(value, ofLine: index))
    }
}

/// `integer = (["+"] / "-") 1*DIGIT` (RFC 5545 §3.3.8), within 32 bits.
enum IntegerValue {
    static func integer(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(ICalendarError) -> Int {
        let range = bytes.trimmed(range)
        guard !range.isEmpty else { throw ICalendarError(.empty, offset: 0, "no number") }
        var index = range.lowerBound
        let isNegative = bytes[index] == ASCII.hyphen
        if isNegative || bytes[index] == ASCII.plus { index += 1 }
        guard index < range.upperBound else {
            throw ICalendarError(.unexpectedEnd, offset: 1, "a sign without a number")
        }
        var value = 0
        while index < range.upperBound {
            guard ASCII.isDigit(bytes[index]) else {
                let offset = index - range.lowerBound
                throw ICalendarError(
                    .unexpectedByte, offset: offset, "not a whole number: \(Excerpt.text(bytes, range))")
            }
            value = value * 10 + Int(bytes[index] - ASCII.zero)
            guard value <= Int(Int32.max) else {
                throw ICalendarError(.outOfRange, offset: 0, "more than 32 bits: \(Excerpt.text(bytes, range))")
            }
            index += 1
        }
        return isNegative ? -value : value
    }
}

/// Walks over values between commas; empty ones are passed over.
struct ListCursor {
    private var index: Int
    private let end: Int

    init(_ range: Range<Int>) {
        index = range.lowerBound
        end = range.upperBound
    }

    mutating func next(_ bytes: Span<UInt8>) -> Range<Int>? {
        while index < end {
            let comma = bytes.firstIndex(of: ASCII.comma, in: index..<end) ?? end
            let item = bytes.trimmed(index..<comma)
            index = min(comma + 1, end)
            if !item.isEmpty { return item }
        }
        return nil
    }
}
