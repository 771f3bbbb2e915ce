import ArgumentParser
import Diagnostics
import Foundation
import Logging
import ReservationStore
import Reservations
import Synchronizer

/// `bookwatch import DIR --once`
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Reads a directory once, and decides: one pass without the daemon, which must not be running.",
        discussion: """
            A directory of the configuration is read by the rules of its source, another one as by serve --watch. With \
            --dry-run nothing is changed, and each booking that would change is told: + new, - withdrawn, ~ changed, \
            ! declined.
            """
    )

    @Argument(help: "The directory.")
    var directory: String

    @Flag(help: "Said so that nobody takes this for a watching daemon: use serve for that.")
    var once = false

    @Flag(help: "Tell what would change, and change nothing. The daemon may be running.")
    var dryRun = false

    @Flag(help: "With --dry-run: JSON Lines.")
    var json = false

    @Option(help: "The least grave finding that makes the exit code 1: error, warning or never.")
    var failOn = FailThreshold.error

    @OptionGroup var configuration: ConfigurationOptions

    func validate() throws {
        guard once else { throw ValidationError("say --once: import reads the directory one time and ends") }
    }

    func run() async throws {
        let all = try configuration.load()
        let settings = try all.narrowed(to: directory)
        let findings = dryRun ? try await preview(settings) : try await apply(settings, reportsOf: all)
        if failOn.isReached(by: findings.map(\.severity).max()) { throw ExitCode.findings }
    }

    /// - Parameter all: the reports are about every source, as those of the daemon.
    private func apply(_ settings: Configuration, reportsOf all: Configuration) async throws -> [Diagnostic] {
        do {
            let path = try Daemon.preparedStorePath(settings)
            let lock = try StoreLock(ofStoreAt: path)
            defer { withExtendedLifetime(lock) {} }
            let store = try ReservationStore.open(at: path)
            let outcome = try await ImportRun(settings, store: store).run(reports: try all.reportSettings())
            try store.close()
            outcome.tell()
            return outcome.findings
        } catch {
            throw Self.exit(for: error)
        }
    }

    private func preview(_ settings: Configuration) async throws -> [Diagnostic] {
        do {
            let copy = try StoreCopy(of: settings.storePath)
            let run = try ImportRun(settings, store: copy.store)
            let before = try await copy.store.outcomes(ofSource: run.source.name)
            let outcome = try await run.run(reports: nil)
            let after = try await copy.store.outcomes(ofSource: run.source.name)
            for line in ImportPreview(before: before, after: after).lines {
                if json { try Output.line(json: ShownChange(line)) } else { Output.line(ShownChange(line).text) }
            }
            try copy.discard()
            outcome.tell()
            return outcome.findings
        } catch {
            throw Self.exit(for: error)
        }
    }

    /// The exit code for a failure, which is told.
    private static func exit(for error: any Error) -> any Error {
        switch error {
        case let bad as BadConfiguration:
            for diagnostic in bad.diagnostics { Output.error(Output.shown(diagnostic)) }
            return ExitCode.badConfiguration
        case StoreError.inUse:
            Output.error("\(error)")
            return ExitCode.tryAgain
        case let error as StoreError:
            Output.error(error.text)
            return ExitCode.cannotWrite
        case is ExitCode: return error
        default:
            Output.error("\(error)")
            return ExitCode.cannotWrite
        }
    }
}

extension Configuration {
    /// With the source of one directory alone: that of the configuration, else one without settings.
    fileprivate func narrowed(to directory: String) throws -> Configuration {
        let url = URL(fileURLWithPath: directory).standardizedFileURL
        var isDirectory: ObjCBool = false
        guard unsafe FileManager.default.fileExists(atPath: url.path, isDirectory: &isDirectory), isDirectory.boolValue
        else {
            Output.error("\(directory): there is no such directory")
            throw ExitCode.noInput
        }
        var narrowed = self
        narrowed.sources = sources.filter { $0.directory == url.path }
        guard narrowed.sources.isEmpty else { return narrowed }
        let source = Source(name: url.lastPathComponent, directory: url.path)
        guard !sources.contains(where: { $0.name == source.name }) else {
            Output.error("the configuration has a source '\(source.name)' with another directory")
            throw ExitCode.badConfiguration
        }
        narrowed.sources = [source]
        return narrowed
    }
}
