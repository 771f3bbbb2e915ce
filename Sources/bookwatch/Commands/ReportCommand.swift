import ArgumentParser
import Diagnostics
import Foundation
import Logging
import Reports
import ReservationStore
import Synchronizer

/// `bookwatch report EXPORT`, `bookwatch report --to DIR`
struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Shows what became of each entry of an export, or writes all reports to a directory.",
        discussion: """
            bookwatch report hr/team.ics
            bookwatch report --to /tmp/reports
            The second one writes what the daemon writes, but for the log of events and the senders' copies.
            """
    )

    @Argument(help: "The export: its source's name, a slash, and its path below the source's directory.")
    var export: String?

    @Option(help: "Write all reports below this directory.")
    var to: String?

    @OptionGroup var output: ReportOptions
    @OptionGroup var configuration: ConfigurationOptions

    func validate() throws {
        guard (export == nil) != (to == nil) else { throw ValidationError("Name an export, or a directory with --to.") }
    }

    func run() async throws {
        let settings = try configuration.load()
        if let export { try await show(export, by: settings) }
        if let to { try await write(to: to, by: settings) }
    }

    private func show(_ name: String, by settings: Configuration) async throws {
        let reports = try settings.storedReports()
        let exports = try await reports.exports()
        guard let export = exports.first(where: { $0.name.shown == name }) else {
            let nearest = Spelling.nearest(to: name, among: exports.map(\.name.shown))
            Output.error(Output.shown("there is no export \(name)" + (nearest.map { ": did you mean \($0)?" } ?? "")))
            throw ExitCode.noInput
        }
        try output.show(try await reports.report(on: export), none: "")
    }

    private func write(to directory: String, by settings: Configuration) async throws {
        let path = URL(fileURLWithPath: directory).standardizedFileURL.path
        var moved = settings
        moved.reports.directory = path
        for index in moved.sources.indices { moved.sources[index].reportsTo = nil }
        let found = await FoundDirectories(at: moved.askedDirectories, within: Daemon.patience)
        let findings = StartChecks.directories(of: moved, found)
        let errors = findings.filter { $0.severity == .error }
        try BadConfiguration.told { () throws(BadConfiguration) in
            guard errors.isEmpty else { throw BadConfiguration(errors) }
        }
        for warning in findings { Output.error(Output.shown(warning)) }
        if let failure = ReportFile.failureToWrite(in: path) {
            Output.error(Output.shown(failure))
            throw ExitCode.cannotWrite
        }
        let logger = Logger(label: "bookwatch") { OneLineLog(label: $0) }
        let tally = try await ReportWriter(try moved.storedReports(), logger: logger).writeTree(at: Daemon.now())
        guard let tally else {
            Output.error("there is nothing to report: no pass was completed yet")
            throw ExitCode.noInput
        }
        for failure in tally.failures { Output.error(Output.shown(failure)) }
        Output.progress("\(path): \(tally.written) reports written, \(tally.unchanged) unchanged")
        guard tally.failures.isEmpty else { throw ExitCode.cannotWrite }
    }
}

extension ExportName {
    fileprivate var shown: String { "\(source)/\(path)" }
}
