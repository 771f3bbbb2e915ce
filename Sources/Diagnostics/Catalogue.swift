/// Everything that is known about a code, wherever it turns up: `bookwatch explain CODE`, reports, documentation.
package enum Catalogue {
    package struct Entry: Hashable, Sendable {
        package let severity: Severity
        package let actor: Actor
        /// What it is, in a few words.
        package let title: String
        /// Why it matters and what was done about it.
        package let explanation: String
        /// How to mend it: an imperative sentence.
        package let hint: String
        /// Where the rule comes from: a standard's section, or a page of the design.
        package let reference: String
        /// The finding as it looks in a terminal.
        package let example: String

        init(
            _ severity: Severity, _ actor: Actor, _ title: String, why explanation: String, mend hint: String,
            see reference: String, example: String
        ) {
            self.severity = severity
            self.actor = actor
            self.title = title
            self.explanation = explanation
            self.hint = hint
            self.reference = reference
            self.example = example
        }
    }

    /// What `bookwatch explain CODE` prints.
    package static func explanation(for code: DiagnosticCode) -> String {
        let entry = entry(for: code)
        return """
            \(code.rawValue) \(entry.severity.rawValue): \(entry.title)

            \(entry.explanation)

            To mend it: \(entry.hint)
            Who acts:   the \(entry.actor.description)
            See:        \(entry.reference)
            Example:    \(entry.example)

            """
    }
}

extension Actor: CustomStringConvertible {
    package var description: String {
        switch self {
        case .source: "maker of the export"
        case .owner: "owner of the booking"
        case .operator: "operator of Bookwatch"
        }
    }
}
