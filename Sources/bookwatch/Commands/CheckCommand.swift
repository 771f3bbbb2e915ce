import ArgumentParser
import CalendarImport
import Diagnostics
import Foundation
import Reports

/// `bookwatch check FILE …`
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Says what would be said about exports, conflicts among them included; nothing is stored.",
        discussion: """
            Of a directory the files are checked that a source there would have. Exit code 1 when something is found \
            that is at least as grave as --fail-on.
            """
    )

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json, sarif, junit
    }

    @Argument(help: "Exports to check, or directories of them.")
    var files: [String]

    @Option(help: "The least grave finding that makes the exit code 1: error, warning or never.")
    var failOn = FailThreshold.error

    @Option(help: "text, json (a finding a line), sarif (SARIF 2.1.0) or junit (JUnit's XML).")
    var format = Format.text

    @Flag(help: "The same as --format json.")
    var json = false

    @OptionGroup var configuration: ConfigurationOptions

    func validate() throws {
        guard !json || [.text, .json].contains(format) else {
            throw ValidationError("--json and --format \(format.rawValue) contradict each other")
        }
    }

    func run() async throws {
        let settings = try configuration.load()
        let report = try await CheckRun(settings, at: Daemon.now()).report(on: files)
        switch json ? .json : format {
        case .text: for finding in report.findings { Output.line(Output.shown(finding)) }
        case .json: for finding in report.findings { try Output.line(json: finding) }
        case .sarif: Output.write(report.sarif())
        case .junit: Output.write(report.junit(failingFrom: failOn == .warning ? .warning : .error))
        }
        Output.progress(report.summary)
        if failOn.isReached(by: report.gravest) { throw ExitCode.findings }
    }
}
