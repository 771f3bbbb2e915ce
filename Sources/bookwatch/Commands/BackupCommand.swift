import ArgumentParser
import Foundation
import ReservationStore

/// `bookwatch backup FILE`
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copies the store to a file, beside the running daemon, and checks the copy.",
        discussion: "The copy has the rooms' passwords in it; only its owner can read it."
    )

    @Argument(help: "The file to write; one that is there is replaced.")
    var file: String

    @OptionGroup var configuration: ConfigurationOptions

    func run() async throws {
        let store = try configuration.load().openStoreForCopying()
        do {
            try Output.line(json: store.backUp(to: file))
        } catch {
            Output.error("\(error)")
            throw ExitCode.cannotWrite
        }
    }
}

/// `bookwatch restore FILE`
struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Makes the store what a backup is. The daemon must not be running.",
        discussion: "Exports are read again at the next start; what Prosody did after the backup is forgotten."
    )

    @Argument(help: "A file that `bookwatch backup` wrote.")
    var file: String

    @OptionGroup var configuration: ConfigurationOptions

    func run() async throws {
        let settings = try configuration.load()
        guard FileManager.default.fileExists(atPath: file) else {
            Output.error("there is no file \(file)")
            throw ExitCode.noInput
        }
        do {
            let path = try Daemon.preparedStorePath(settings)
            let lock = try StoreLock(ofStoreAt: path)
            defer { withExtendedLifetime(lock) {} }
            try Output.line(json: ReservationStore.restore(file, to: path))
        } catch {
            Output.error("\(error)")
            throw exitCode(after: error)
        }
    }

    private func exitCode(after error: any Error) -> ExitCode {
        switch error as? StoreError {
        case .inUse: .tryAgain
        case .newerSchema, .olderSchema, .notAStore, .damaged: .cannotRead
        case .cannotOpen(let path, _): path == file ? .cannotRead : .cannotWrite
        case .cannotCopy, nil: .cannotWrite
        }
    }
}
