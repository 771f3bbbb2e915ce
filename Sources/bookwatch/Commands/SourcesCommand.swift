import ArgumentParser
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
        var isUnwell = false
        for (name, root) in shown {
            let health = SourceHealth(
                source: name, directory: root?.path,
                state: try await store.state(ofSource: name, at: Daemon.now()),
                held: try await store.held(ofSource: name).count,
                faults: root.map { DirectoryScan(of: $0).refusals } ?? [])
            if json { try Output.line(json: health) } else { Output.line(health.text) }
            isUnwell = isUnwell || health.isUnwell
        }
        if isUnwell { throw ExitCode.findings }
    }
}

/// A source as it is shown.
struct SourceHealth: Encodable {
    let source: String
    /// `nil` for one that has exports in the store, and that neither the configuration nor the last daemon watches.
    let directory: String?
    let exports, futureBookings, held: Int
    let changedAt: String?
    /// Paths that cannot be used, and why; the directory itself is `.`.
    let unusable: [String: String]

    init(source: String, directory: String?, state: SourceState, held: Int, faults: [DirectoryScan.Refusal]) {
        self.source = source
        self.directory = directory
        exports = state.exports
        futureBookings = state.future
        self.held = held
        changedAt = state.changedAt?.formatted(.iso8601)
        unusable = Dictionary(
            faults.map { ($0.path.isEmpty ? "." : $0.path, "\($0.fault)") }, uniquingKeysWith: { first, _ in first })
    }

    var isUnwell: Bool { held > 0 || !unusable.isEmpty }

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
        for (path, reason) in unusable.sorted(by: { $0.key < $1.key }) {
            lines.append(Output.shown("  \(path): \(reason)"))
        }
        return lines.joined(separator: "\n")
    }
}
