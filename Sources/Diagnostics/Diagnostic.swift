/// One finding about an input: a stable code, a place, a reason and a hint.
package struct Diagnostic: Hashable, Sendable, Codable {
    package var code: DiagnosticCode
    package var severity: Severity
    /// The file, as the operator knows it; `nil` where the finding is about no file.
    package var file: String?
    /// The line in `file`, from 1; `nil` where the finding is about the whole file.
    package var line: Int?
    /// The UID of the booking concerned, as its exporter wrote it.
    package var uid: String?
    /// What is wrong, with the values at hand: one sentence without a full stop.
    package var message: String
    /// What to do about it; the catalogue's where the finding has nothing better.
    package var hint: String

    /// A diagnostic; severity and hint are the catalogue's unless given.
    package init(
        _ code: DiagnosticCode, severity: Severity? = nil, file: String? = nil, line: Int? = nil, uid: String? = nil,
        _ message: String, hint: String? = nil
    ) {
        let entry = Catalogue.entry(for: code)
        self.code = code
        self.severity = severity ?? entry.severity
        self.file = file
        self.line = line
        self.uid = uid
        self.message = message
        self.hint = hint ?? entry.hint
    }

    /// The same finding with its file filled in.
    package func located(in file: String) -> Diagnostic {
        var copy = self
        copy.file = file
        return copy
    }
}

extension Diagnostic: CustomStringConvertible {
    /// The clickable text form: `export.ics:118: CNF001 error: …`, and the hint below it.
    package var description: String { "\(head)\n = help: \(hint)" }

    /// The same for a log: `export.ics:118: CNF001 error: … (help: …)`.
    package var onOneLine: String { "\(head) (help: \(hint))" }

    private var head: String {
        let place = [file, line.map(String.init)].compactMap(\.self).joined(separator: ":")
        return "\(place.isEmpty ? "" : "\(place): ")\(code.rawValue) \(severity.rawValue): \(message)"
    }
}
