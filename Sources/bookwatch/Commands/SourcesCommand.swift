import ArgumentParser
import Diagnostics
import DirectoryWatch
import Foundation
import ReservationStore
import Synchronizer

/// `bookwatch sources`
struct SourcesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sources",
        abstract: "Shows each source: its exports, its bookings, what is held, and what cannot be read.",
        subcommands: [SourcesAcceptCommand.self]
    )

    @Flag(help: "JSON Lines.")
    var json = false

    @OptionGroup var configuration: ConfigurationOptions

    func run() async throws {
        let settings = try configuration.load()
        let store = try settings.openStoreForReading()
        let watched = try BadConfiguration.told { () throws(BadConfiguration) in try settings.watchedSources() }
        let roots = Dictionary(watched.map { ($0.name, $0.root) }, uniquingKeysWith: { first, _ in first })
        let others = try await store.sources().filter { roots[$0.name] == nil }
        let shown =
            watched.map { (name: $0.name, root: Optional($0.root)) }
            + others.map { (name: $0.name, root: $0.directory.map { WatchedRoot($0) }) }
        let found = try await StoredFaults(of: store)
        let looks = await SourceScans(at: Set(shown.compactMap(\.root)), clock: Daemon.clock)
        var isUnwell = false
        for (name, root) in shown {
            let health = SourceHealth(
                source: name, directory: root?.path,
                state: try await store.state(ofSource: name, at: Daemon.now()),
                held: try await store.held(ofSource: name).count,
                faults: found.faults(ofSource: name).merging(
                    root.map(looks.faults) ?? [:],
                    uniquingKeysWith: { $0.contains($1) ? $0 : "\($0); \($1)" }))
            if json { try Output.line(json: health) } else { Output.line(health.text) }
            isUnwell = isUnwell || health.isUnwell
        }
        if isUnwell { throw ExitCode.findings }
    }
}

/// What the daemon has found, by path: it may see more than who asks, or less.
private struct StoredFaults {
    private var bySource: [String: [String: String]] = [:]

    init(of store: ReservationStore) async throws {
        for watched in try await store.watchedDirectories() {
            for fault in watched.faults { note(fault, about: fault.file ?? ".", of: watched.source) }
        }
        for export in try await store.exports() where !export.inForce {
            let gravest = export.diagnostics.max { $0.severity < $1.severity }
            if let gravest { note(gravest, about: export.name.path, of: export.name.source) }
        }
    }

    func faults(ofSource source: String) -> [String: String] { bySource[source] ?? [:] }

    private mutating func note(_ finding: Diagnostic, about path: String, of source: String) {
        bySource[source, default: [:]].merge([path: finding.codeAndMessage]) { "\($0); \($1)" }
    }
}

/// A source as it is shown.
struct SourceHealth: Encodable {
    let source: String
    /// `nil` for one that has exports in the store, and that neither the configuration nor the last daemon watches.
    let directory: String?
    let exports, futureBookings, held: Int
    /// Exports whose disk is not there.
    let away: Int
    let changedAt: String?
    /// Paths that cannot be used, and why; the directory itself is `.`.
    let unusable: [String: String]

    init(source: String, directory: String?, state: SourceState, held: Int, faults: [String: String]) {
        self.source = source
        self.directory = directory
        exports = state.exports
        futureBookings = state.future
        self.held = held
        away = state.away
        changedAt = state.changedAt?.formatted(.iso8601)
        unusable = faults
    }

    var isUnwell: Bool { held > 0 || away > 0 || !unusable.isEmpty }

    var text: String {
        var lines = [
            Output.shown("\(source)  \(directory ?? "(no longer watched)")"),
            "  \(exports) \(exports == 1 ? "export" : "exports"), "
                + "\(futureBookings) future \(futureBookings == 1 ? "booking" : "bookings"), "
                + (changedAt.map { "changed \($0)" } ?? "never changed"),
        ]
        if held > 0 {
            lines.append(
                "  SRC010 \(held) \(held == 1 ? "withdrawal is" : "withdrawals are") held: "
                    + "bookwatch sources accept \(source), if meant")
        }
        if away > 0 {
            lines.append(
                "  SRC001 \(away) \(away == 1 ? "export is" : "exports are") on a disk that is not there: "
                    + "bookwatch sources accept \(source), if it is gone for good")
        }
        for (path, reason) in unusable.sorted(by: { $0.key < $1.key }) {
            lines.append(Output.shown("  \(path): \(reason)"))
        }
        return lines.joined(separator: "\n")
    }
}
