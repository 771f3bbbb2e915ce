import ArgumentParser
import CalendarImport
import Diagnostics
import Foundation
import ICalendar
import Synchronizer

/// `bookwatch read FILE …`
struct ReadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "read",
        abstract: "Shows what files say, as JSON Lines; nothing is stored.",
        discussion: """
            With --from and --to: the occurrences that start in the window, in order of start. Exit code 1 when \
            something is found that is at least as grave as --fail-on.
            """
    )

    @Argument(help: "Exports to read.")
    var files: [String]

    @Option(
        help: """
            Show occurrences from this instant on, such as 2026-12-01T00:00:00Z; 2026-12-01T00:00:00 and 2026-12-01 \
            are in the zone of times without a zone.
            """)
    var from: WindowBoundArgument?

    @Option(help: "Show occurrences before this instant.")
    var to: WindowBoundArgument?

    @Option(help: "The least grave finding that makes the exit code 1: error, warning or never.")
    var failOn = FailThreshold.error

    @OptionGroup var configuration: ConfigurationOptions

    func validate() throws {
        guard (from == nil) == (to == nil) else { throw ValidationError("--from and --to go together") }
    }

    private func window(in zone: TimeZoneDefinition) throws -> Range<Date>? {
        guard let from = from?.instant(in: zone), let to = to?.instant(in: zone) else { return nil }
        guard from < to else { throw ValidationError("--from must be before --to") }
        return from..<to
    }

    func run() async throws {
        let settings = try configuration.load()
        let rules = try BadConfiguration.told { () throws(BadConfiguration) in try settings.rules(ofSource: nil) }
        let reader = ExportReader(
            rules: rules, window: ImportWindow(around: Daemon.now(), ahead: settings.policy.horizon)
        )
        let window = try window(in: rules.zone)
        var gravest: [Severity] = []
        for file in files {
            if let fault = try FileArgument.fault(of: file, limits: rules.limits) {
                let finding = Diagnostic(fault, file: file)
                Output.note([finding], file: file)
                gravest.append(finding.severity)
                continue
            }
            let parsed = reader.parse(try FileArgument.bytes(of: file))
            let ofEntries = parsed.calendars.flatMap(\.entries).flatMap(\.diagnostics)
            gravest += (parsed.diagnostics + ofEntries).map(\.severity)
            if let window {
                let (occurrences, findings) = reader.occurrences(of: parsed, in: window)
                for occurrence in occurrences { try Output.line(json: occurrence) }
                Output.note(parsed.diagnostics + ofEntries + findings, file: file)
                gravest += findings.map(\.severity)
            } else {
                // What is found about an entry stands in its line.
                let bookings = reader.listing(of: parsed, file: file)
                for booking in bookings { try Output.line(json: booking) }
                gravest += bookings.compactMap(\.gravest)
                Output.note(parsed.diagnostics, file: file)
            }
        }
        if failOn.isReached(by: gravest.max()) { throw ExitCode.findings }
    }
}
