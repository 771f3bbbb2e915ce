import ArgumentParser
import ConferenceAPI
import Diagnostics
import Foundation
import Logging
import Reports
import ReservationStore

/// `bookwatch serve`
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Watches directories of exports and answers Prosody.",
        discussion: """
            With --watch it needs no configuration: bookwatch serve --watch DIR
            SIGTERM stops it; SIGHUP, or bookwatch reload, lets it read its configuration anew.
            """
    )

    @OptionGroup var configuration: ConfigurationOptions

    @Option(help: "Watch this directory, besides those of the configuration; may be given several times.")
    var watch: [String] = []

    @Option(help: "Listen here: ADDRESS:PORT or unix:PATH. Port 0 lets the system choose.")
    var listen: ListenArgument?

    func run() async throws {
        let prepared: PreparedConfiguration
        do throws(BadConfiguration) { prepared = try await prepare() } catch { throw error.told() }
        let logger = Self.logger(level: prepared.configuration.log.level)
        prepared.tellWarnings(to: logger)
        do {
            try await Daemon.run(
                prepared, reread: { [self] () async throws(BadConfiguration) in try await prepare() }, logger: logger)
        } catch is StoreLeftOpen {
            throw ExitCode.cannotWrite
        } catch {
            guard let failure = StartFailure(error) else { throw error }
            Output.error(failure.text)
            throw failure.code
        }
    }

    /// The file as it is now, with what the command line says besides.
    private func prepare() async throws(BadConfiguration) -> PreparedConfiguration {
        var settings = try configuration.read()
        if let listen {
            settings.listen.address = listen.address
            settings.listen.port = listen.port ?? settings.listen.port
        }
        for directory in watch { try settings.watch(directory) }
        // Only here: for `bookwatch reload` the sources may be those of the daemon's own --watch.
        guard !settings.sources.isEmpty else {
            throw BadConfiguration([
                Diagnostic(
                    .badValue, "nothing to watch: no sources, and no --watch DIR",
                    hint: "Name a directory with --watch, or a configuration that has sources with --config.")
            ])
        }
        let found = await FoundDirectories(at: settings.askedDirectories, within: Daemon.patience)
        for directory in watch { try Configuration.refuseToWatch(directory, unlessFit: found) }
        return try PreparedConfiguration(settings, found: found)
    }

    private static func logger(level: String) -> Logger {
        var logger = Logger(label: "bookwatch") { OneLineLog(label: $0) }
        logger.logLevel = Logger.Level(rawValue: level) ?? .info
        return logger
    }
}
