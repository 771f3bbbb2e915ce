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
        let prepared = try BadConfiguration.told { () throws(BadConfiguration) in try prepare() }
        let logger = Self.logger(level: prepared.configuration.log.level)
        prepared.tellWarnings(to: logger)
        do {
            try await Daemon.run(
                prepared, reread: { [self] () throws(BadConfiguration) in try prepare() }, logger: logger)
        } catch let error as StoreError {
            Output.error(error.text)
            if case .inUse = error { throw ExitCode.tryAgain }
            throw ExitCode.badConfiguration
        } catch let error as CannotListen {
            Output.error(Output.shown(error.diagnostic))
            throw ExitCode.badConfiguration
        } catch is StoreLeftOpen {
            throw ExitCode.cannotWrite
        }
    }

    /// The file as it is now, with what the command line says besides.
    private func prepare() throws(BadConfiguration) -> PreparedConfiguration {
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
        return try PreparedConfiguration(settings)
    }

    private static func logger(level: String) -> Logger {
        var logger = Logger(label: "bookwatch") { OneLineLog(label: $0) }
        logger.logLevel = Logger.Level(rawValue: level) ?? .info
        return logger
    }
}

extension Configuration {
    /// `--watch DIR`: a source without settings, named for its directory.
    fileprivate mutating func watch(_ directory: String) throws(BadConfiguration) {
        func refusal(_ reason: String, hint: String) -> BadConfiguration {
            BadConfiguration([Diagnostic(.badValue, "--watch\(reason)", hint: hint)])
        }
        guard !directory.isEmpty else {
            throw refusal(": the name of the directory is empty", hint: "Name the directory that exports come to.")
        }
        let url = URL(fileURLWithPath: directory).standardizedFileURL
        guard FileArgument.isDirectory(url.path) else {
            throw refusal(" \(directory): there is no such directory", hint: "Create it, or correct its name.")
        }
        // Without the right to enter it its names can be read, and none of its files.
        guard unsafe access(url.path, R_OK | X_OK) == 0 else {
            throw refusal(
                " \(directory): the directory cannot be read by this user",
                hint: "Give this user the rights to read and to enter it.")
        }
        sources.append(Source(name: freeName(for: url.lastPathComponent), directory: url.path))
    }

    /// `folder`, or the like where that cannot be the name of a source: hidden, as the root, of a report, or taken.
    private func freeName(for folder: String) -> String {
        let taken = Set(sources.map(\.name))
        let plain = String(folder.drop { $0 == "." || $0 == "/" })
        let numbers = 1...taken.count + 2
        let own = plain.isEmpty ? [] : [plain] + numbers.map { "\(plain)-\($0)" }
        let names = own + numbers.map { "exports-\($0)" }
        return names.first { !taken.contains($0) && ReportTree.hasFolder(forSource: $0) } ?? folder
    }
}
