extension ArraySlice<UInt8> {
    /// The value as a message quotes it: in quotation marks, on one line, cut after 60 characters.
    var quoted: String {
        let text = String(decoding: self, as: UTF8.self)
        let shown = text.unicodeScalars.prefix(60).map { $0.properties.generalCategory.isShown ? Character($0) : " " }
        let rest = text.unicodeScalars.count > 60 ? "…" : ""
        return "\"\(String(shown))\(rest)\""
    }
}

extension Unicode.GeneralCategory {
    /// Neither a control nor a format character: those could disguise a message.
    fileprivate var isShown: Bool {
        switch self {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
        default: true
        }
    }
}

extension String {
    /// As a message quotes it.
    var quoted: String { Array(utf8)[...].quoted }
}
