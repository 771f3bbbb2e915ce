/// Everything that is known about a code, wherever it turns up: `bookwatch explain CODE`, reports, documentation.
package enum Catalogue {
    package struct Entry: Sendable {
        package let severity: Severity
        package let actor: Actor
        /// What it is, in a few words.
        package let title: String
        /// Why it matters and what was done about it.
        package let explanation: String
        /// How to mend it: an imperative sentence.
        package let hint: String
    }

    package static func entry(for code: DiagnosticCode) -> Entry {
        Entry(severity: .error, actor: .source, title: code.rawValue, explanation: "", hint: "")
    }
}
