extension String {
    /// Without the white space around it.
    var trimmed: String {
        if let first = utf8.first, let last = utf8.last, first.isVisibleASCII, last.isVisibleASCII { return self }
        let start = drop(while: \.isWhitespace)
        return start.lastIndex { !$0.isWhitespace }.map { String(start[...$0]) } ?? ""
    }
}

extension UInt8 {
    fileprivate var isVisibleASCII: Bool { self > UInt8(ascii: " ") && self < 0x7F }
}

/// For a message: one line, in quotes, without what a terminal would obey, no longer than people read.
func quoted(_ text: String) -> String {
    let shown = text.unicodeScalars.prefix(80).map { scalar in
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: "�"
        default: String(scalar)
        }
    }
    return "\"\(shown.joined())\(text.unicodeScalars.count > 80 ? "…" : "")\""
}
