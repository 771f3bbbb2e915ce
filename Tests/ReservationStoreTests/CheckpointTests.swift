import Foundation
import GRDB
import TestSupport
import Testing

@testable import ReservationStore

@Suite("Who moves the log into the database")
struct CheckpointTests {
    @Test("The daemon does, and whoever has a word to it does not")
    func besideDaemon() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.url.appending(path: "s.sqlite").path
        let daemon = try ReservationStore.open(at: path)
        let word = try ReservationStore.openBesideDaemon(at: path)
        let pages = "PRAGMA wal_autocheckpoint"
        #expect(try await daemon.database.write { try Int.fetchOne($0, sql: pages) } == 250)
        #expect(try await word.database.write { try Int.fetchOne($0, sql: pages) } == 0)
    }
}
