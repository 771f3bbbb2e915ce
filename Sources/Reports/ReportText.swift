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
        if text.utf8.count <= limit, text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
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

    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool { ["\n", "\r", "\t"].contains(scalar) }

    private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        let properties = scalar.properties
        guard !properties.isBidiControl, !properties.isNoncharacterCodePoint else { return false }
        let category = properties.generalCategory
        return category != .control && category != .lineSeparator && category != .paragraphSeparator
    }
}
