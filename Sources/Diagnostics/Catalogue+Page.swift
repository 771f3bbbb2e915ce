extension Catalogue {
    /// All codes as a page of the documentation, in Markdown; a test holds `Diagnostics.docc/Codes.md` to it.
    package static var page: String {
        """
        # Diagnostic codes

        What Bookwatch says about exports, bookings, requests, reports and its configuration, and how to mend it.

        A code is a family and a number. It is stable, and never used for anything else. An error is about something
        that was not honoured, a warning about something that was read otherwise than it is written, a note about
        something worth knowing. `bookwatch explain CODE` prints the same. This page is made from the catalogue.

        \(families.map { section(of: $0, titled: $1) }.joined(separator: "\n"))
        """
    }

    private static let families = [
        ("SRC", "Sources and files"), ("ICS", "iCalendar: syntax and time"), ("XML", "XML"), ("BKG", "Bookings"),
        ("CNF", "Conflicts"), ("EXP", "What became of reservations"), ("API", "Requests that are refused"),
        ("RPT", "Reports"), ("CFG", "Configuration"),
    ]

    private static func section(of family: String, titled title: String) -> String {
        let codes = DiagnosticCode.allCases.filter { $0.rawValue.hasPrefix(family) }
        return "## \(title)\n\n\(codes.map { chapter(on: $0) }.joined(separator: "\n"))"
    }

    private static func chapter(on code: DiagnosticCode) -> String {
        let entry = entry(for: code)
        return """
            ### \(code.rawValue): \(entry.title)

            \(severity(entry.severity)) for the \(entry.actor.description). \(entry.explanation)

            *To mend it:* \(entry.hint)

            *See:* \(entry.reference)

            ```
            \(entry.example)
            ```

            """
    }

    private static func severity(_ severity: Severity) -> String {
        switch severity {
        case .note: "A note"
        case .warning: "A warning"
        case .error: "An error"
        }
    }
}
