import ArgumentParser
import Foundation
import ReservationStore

extension Configuration {
    /// The store as the daemon left it, for commands that only look.
    ///
    /// - Throws: exit code 66 where there is none, 74 where it cannot be read, after saying so.
    func openStoreForReading() throws -> ReservationStore {
        try open { path throws(StoreError) in try ReservationStore.openForReading(at: path) }
    }

    /// The store as a daemon of this version or an earlier one left it, to be copied as it is.
    ///
    /// - Throws: as `openStoreForReading()`.
    func openStoreForCopying() throws -> ReservationStore {
        try open { path throws(StoreError) in try ReservationStore.openForCopying(at: path) }
    }

    /// The store beside the daemon, for a word to it.
    ///
    /// - Throws: as `openStoreForReading()`.
    func openStoreBesideDaemon() throws -> ReservationStore {
        try open { path throws(StoreError) in try ReservationStore.openBesideDaemon(at: path) }
    }

    private func open(_ body: (String) throws(StoreError) -> ReservationStore) throws -> ReservationStore {
        let path = storePath
        guard FileManager.default.fileExists(atPath: path) else {
            Output.error("there is no store at \(path): has the daemon run with this configuration?")
            throw ExitCode.noInput
        }
        do {
            return try body(path)
        } catch {
            Output.error(error.text)
            throw ExitCode.cannotRead
        }
    }
}
