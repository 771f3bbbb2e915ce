import ArgumentParser
import BookingXML
import CalendarImport
import Diagnostics

/// `bookwatch mapping …`
struct MappingCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mapping",
        abstract: "Checks and tries mappings: how XML that is of no known vocabulary becomes bookings.",
        subcommands: [Check.self, Try.self]
    )

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Says what is wrong with mappings; they need not be in the configuration.",
            discussion: "Exit code 78 when one cannot be used."
        )

        @Argument(help: "Mappings to check.")
        var files: [String]

        func run() throws {
            let verdicts = files.map(isUsable)
            guard verdicts.allSatisfy(\.self) else { throw ExitCode.badConfiguration }
        }

        private func isUsable(_ file: String) -> Bool {
            do {
                let mapping = try MappingFile(path: file).mapping
                Output.line("\(file): reads \(mapping.name), \(mapping.rules.count) fields")
                return true
            } catch {
                for diagnostic in error.diagnostics { Output.line(Output.shown(diagnostic)) }
                return false
            }
        }
    }

    struct Try: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "try",
            abstract: "Shows what a mapping makes of a file: line, raw text and final value of each field.",
            discussion: "Exit code 1 when the file is refused, or a row of it gives no booking."
        )

        @Argument(help: "The mapping.")
        var mapping: String

        @Argument(help: "A file that it is for.")
        var file: String

        @Option(help: "How many rows are shown, from the first one on.")
        var rows = 5

        @Flag(help: "Rows as JSON Lines.")
        var json = false

        func validate() throws {
            guard rows >= 0 else { throw ValidationError("--rows is 0 or more") }
        }

        func run() throws {
            let read = try BadConfiguration.told { () throws(BadConfiguration) in
                try MappingFile(path: mapping).mapping
            }
            let bytes = try FileArgument.bytes(of: file)
            let trial = MappingTrial(read, on: bytes.span, shown: rows)
            for row in trial.rows {
                if json {
                    try Output.line(json: ShownRow(row))
                } else {
                    ShownRow(row).lines(file: file).forEach(Output.line)
                }
            }
            Output.note(trial.reading.diagnostics.map { Diagnostic($0) }, file: file)
            Output.progress("\(trial.bookings) bookings, \(trial.rejected) rejected")
            guard trial.reading.isAccepted, trial.rejected == 0 else { throw ExitCode.findings }
        }
    }
}

/// A row as it is shown.
private struct ShownRow: Encodable {
    var line: Int
    var fields: [ShownField]
    /// Why it gives no booking.
    var findings: [String]

    struct ShownField: Encodable {
        var field: String
        var line: Int
        var raw: [String]
        var value: String?
    }

    init(_ row: MappingTrial.Row) {
        line = row.line
        fields = row.fields.map {
            ShownField(field: $0.field.rawValue, line: $0.line, raw: $0.raw, value: $0.value)
        }
        findings = row.reasons.map { "\(Diagnostic($0))" }
    }

    func lines(file: String) -> [String] {
        let width = fields.map(\.field.count).max() ?? 0
        var lines = ["\(file):\(line): \(findings.isEmpty ? "a booking" : "no booking")"]
        for field in fields {
            let name = field.field + String(repeating: " ", count: width - field.field.count)
            let raw = field.raw.isEmpty ? "nothing" : field.raw.map { "\"\(Output.shown($0))\"" }.joined(separator: " ")
            let value = field.value.map { Output.shown($0) } ?? "nothing"
            lines.append("  \(name)  line \(field.line)  \(raw) → \(value)")
        }
        return lines + findings.map { "  \($0.prefix { !$0.isNewline })" }
    }
}
