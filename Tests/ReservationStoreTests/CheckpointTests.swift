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
        #expect(try await daemon.database.write { try Int.fetchOne($0, sql: pages) } == 256)
        #expect(try await word.database.write { try Int.fetchOne($0, sql: pages) } == 0)
    }

    @Test("It moves as much at once where an earlier version has made smaller pages")
    func smallPages() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.url.appending(path: "s.sqlite").path
        let earlier = try DatabaseQueue(path: path)
        try await earlier.write { try $0.execute(sql: "PRAGMA page_size = 4096") }
        try Schema.migrator().migrate(earlier)
        try earlier.close()
        let daemon = try ReservationStore.open(at: path)
        let sizes = try await daemon.database.write { db in
            try ["page_size", "wal_autocheckpoint"].map { try Int.fetchOne(db, sql: "PRAGMA \($0)") }
        }
        #expect(sizes == [4_096, 512])
    }
}
