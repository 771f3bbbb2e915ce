/// Values in messages: short, on one line.
enum Excerpt {
    private static let longest = 60

    static func text(_ bytes: Span<UInt8>, _ range: Range<Int>) -> String {
        guard range.count > longest else { return quoted(bytes.string(range)) }
        // A sequence that is cut in the middle shows as U+FFFD, which is not worth more code.
        return quoted(bytes.string(range.lowerBound..<range.lowerBound + longest) + "…")
    }

    static func text(_ text: String) -> String {
        guard text.utf8.count > longest else { return quoted(text) }
        return quoted(String(text.unicodeScalars.prefix(longest)) + "…")
    }

    private static func quoted(_ text: String) -> String {
        var shown = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            shown.append(scalar.properties.generalCategory == .control ? " " : scalar)
        }
        return "“\(String(shown))”"
    }
}
