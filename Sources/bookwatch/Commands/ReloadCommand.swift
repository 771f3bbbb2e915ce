import ArgumentParser
import Foundation
import ReservationStore

/// `bookwatch reload`
struct ReloadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reload",
        abstract: "Lets the running daemon read its configuration anew: all of it, or nothing if it cannot be used.",
        discussion: "What cannot be used is told here already, and ends with exit code 78."
    )

    @OptionGroup var configuration: ConfigurationOptions

    func run() async throws {
        let settings = try configuration.load()
        let found = await FoundDirectories(at: settings.askedDirectories, within: Daemon.patience)
        let prepared = try BadConfiguration.told { () throws(BadConfiguration) in
            try PreparedConfiguration(settings, found: found)
        }
        for warning in prepared.warnings { Output.error(Output.shown(warning)) }
        let path = prepared.configuration.storePath
        guard let daemon = StoreLock.holder(ofStoreAt: path) else {
            Output.error("no daemon runs on the store \(path)")
            throw ExitCode.tryAgain
        }
        guard kill(daemon, SIGHUP) == 0 else {
            Output.error("the daemon (process \(daemon)) takes no signal of this user")
            throw ExitCode.tryAgain
        }
        Output.progress("the daemon (process \(daemon)) reads its configuration anew; its log says what came of it")
    }
}
