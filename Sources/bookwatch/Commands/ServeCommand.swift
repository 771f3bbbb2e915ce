import ArgumentParser
import ConferenceAPI
import Diagnostics
import Foundation
import Logging
import ReservationStore

/// `bookwatch serve`
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Watches directories of exports and answers Prosody.",
        discussion: "With --watch it needs no configuration: bookwatch serve --watch DIR"
    )

    @OptionGroup var configuration: ConfigurationOptions

    @Option(help: "Watch this directory, besides those of the configuration.")
    var watch: String?

    @Option(help: "Listen here: ADDRESS:PORT or unix:PATH. Port 0 lets the system choose.")
    var listen: String?

    func run() async throws {
        var settings = try configuration.load()
        if let listen { try settings.listen.take(listen) }
        if let watch { try settings.watch(watch) }
        let findings = StartChecks.findings(about: settings)
        let problems = findings.filter { $0.severity == .error }
        for problem in problems { Output.error("\(problem)") }
        guard problems.isEmpty else { throw ExitCode.badConfiguration }

        let logger = Self.logger(level: settings.log.level)
        for finding in findings { logger.warning("\(finding.message)", metadata: ["code": "\(finding.code.rawValue)"]) }
        do {
            try await Daemon.run(settings, logger: logger)
        } catch let bad as BadConfiguration {
            for diagnostic in bad.diagnostics { Output.error("\(diagnostic)") }
            throw ExitCode.badConfiguration
        } catch let error as StoreError {
            Output.error("\(error)")
            if case .inUse = error { throw ExitCode.tryAgain }
            throw ExitCode.badConfiguration
        } catch let error as CannotListen {
            Output.error("\(error)")
            throw ExitCode.badConfiguration
        }
    }

    private static func logger(level: String) -> Logger {
        var logger = Logger(label: "bookwatch") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = Logger.Level(rawValue: level) ?? .info
        return logger
    }
}

extension Configuration {
    /// `--watch DIR`: a source without settings, named for its directory.
    fileprivate mutating func watch(_ directory: String) throws {
        let url = URL(fileURLWithPath: directory).standardizedFileURL
        var isDirectory: ObjCBool = false
        guard unsafe FileManager.default.fileExists(atPath: url.path, isDirectory: &isDirectory), isDirectory.boolValue
        else {
            Output.error("--watch \(directory): there is no such directory")
            throw ExitCode.badConfiguration
        }
        guard FileManager.default.isReadableFile(atPath: url.path) else {
            Output.error("--watch \(directory): the directory cannot be read by this user")
            throw ExitCode.badConfiguration
        }
        sources.append(Source(name: url.lastPathComponent, directory: url.path))
    }
}

extension Configuration.Listen {
    fileprivate mutating func take(_ text: String) throws {
        if text.hasPrefix("unix:") {
            address = text
            return
        }
        guard let colon = text.lastIndex(of: ":"), let number = Int(text[text.index(after: colon)...]),
            (0...65_535).contains(number)
        else { throw ValidationError("--listen takes ADDRESS:PORT or unix:PATH, such as 127.0.0.1:8088") }
        address = String(text[..<colon]).trimmingCharacters(in: ["[", "]"])
        port = number
    }
}
