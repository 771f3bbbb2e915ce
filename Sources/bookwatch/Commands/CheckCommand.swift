import ArgumentParser
import CalendarImport
import Diagnostics
import Foundation
import ReservationStore
import Reservations

/// `bookwatch check FILE …`
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Says what would be said about exports, conflicts among them included; nothing is stored.",
        discussion: "Exit code 1 when something is found that is at least as grave as --fail-on."
    )

    @Argument(help: "Exports to check.")
    var files: [String]

    @Option(help: "The least grave finding that makes the exit code 1: error, warning or never.")
    var failOn = FailThreshold.error

    @Flag(help: "Findings as JSON Lines.")
    var json = false

    @OptionGroup var configuration: ConfigurationOptions

    func run() async throws {
        let settings = try configuration.load()
        let now = Daemon.now()
        let rules = try BadConfiguration.told { () throws(BadConfiguration) in try settings.rules(ofSource: nil) }
        let reader = ExportReader(rules: rules, window: ImportWindow(around: now, ahead: settings.policy.horizon))
        let store = try ReservationStore.inMemory()
        var changes: [ExportChange] = []
        var findings: [Diagnostic] = []
        for file in files {
            let export = reader.read(try FileArgument.bytes(of: file), path: file)
            findings += export.diagnostics.map { $0.located(in: file) }
            guard export.ending == .complete else { continue }
            changes.append(
                ExportChange(ExportName(source: "check", path: file), .content(export.bookings, absent: .withdrawn)))
        }
        _ = try await store.apply(
            changes, policy: settings.conflictPolicy, admission: AdmissionPolicy(), at: now)
        findings += try await conflicts(in: store, at: now)
        for finding in findings {
            if json { try Output.line(json: finding) } else { Output.line(Output.shown(finding)) }
        }
        Output.progress(summary(of: findings))
        if failOn.isReached(by: findings.map(\.severity).max()) { throw ExitCode.findings }
    }

    private func conflicts(in store: ReservationStore, at now: Date) async throws -> [Diagnostic] {
        return try await store.declined(endingAfter: now).declined.map { conflict in
            let decision = conflict.stored.decision
            let inTheWay = decision.blocking.map(\.uid).joined(separator: ", ")
            return Diagnostic(
                decision.code ?? .slotTaken, file: conflict.export.path, line: conflict.line, uid: decision.id.uid,
                """
                room \(conflict.stored.reservation.shownRoom) is taken at \
                \(conflict.stored.reservation.slot.start.formatted(.iso8601)), by booking \(inTheWay)
                """,
                hint: decision.nextFree.map { "next free from \($0.start.formatted(.iso8601))" }
            )
        }
    }

    private func summary(of findings: [Diagnostic]) -> String {
        let counts = Severity.allCases.reversed().map { severity in
            "\(findings.count { $0.severity == severity }) \(severity.rawValue)s"
        }
        return "\(files.count) files: \(counts.joined(separator: ", "))"
    }
}
