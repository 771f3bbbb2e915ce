/// Text from outside, made fit for any report.
enum ReportText {
    /// Unicode scalars of a value such as a summary or a UID.
    static let valueLimit = 500
    /// Unicode scalars of a message or a hint.
    static let messageLimit = 2_000

    /// `text` on one line, without what a terminal or a browser would obey; cut at `limit` with an ellipsis.
    ///
    /// Line feeds and tabs become spaces. Other control characters, line and paragraph separators, what turns the
    /// direction of writing, and what XML cannot hold become U+FFFD.
    static func clean(_ text: String, limit: Int) -> String {
        // Nearly all values, and they are looked at once for each format.
        if text.utf8.count <= limit, text.utf8.allSatisfy(isPlain) { return text }
        var scalars = String.UnicodeScalarView()
        var count = 0
        for scalar in text.unicodeScalars {
            guard count < limit else {
                scalars.append("…")
                break
            }
            scalars.append(isBlank(scalar) ? " " : isHarmless(scalar) ? scalar : "\u{FFFD}")
            count += 1
        }
        return String(scalars)
    }

    private static func isPlain(_ byte: UInt8) -> Bool { byte >= 0x20 && byte < 0x7F }

    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\n" || scalar == "\r" || scalar == "\t"
    }

    private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        // One dash in a message, and Unicode would be asked about all of its letters.
        if scalar.isASCII { return isPlain(UInt8(scalar.value)) }
        let properties = scalar.properties
        guard !properties.isBidiControl, !properties.isNoncharacterCodePoint else { return false }
        let category = properties.generalCategory
        return category != .control && category != .lineSeparator && category != .paragraphSeparator
    }
}
