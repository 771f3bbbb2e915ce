import Foundation
import GRDB
import Synchronization
import TestSupport
import Testing

@testable import ReservationStore

@Suite("Checkpoints")
struct CheckpointTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    @Test("What passes write is moved into the database after some transactions, beside the writer")
    func passes() async throws {
        let path = directory.url.appending(path: "s.sqlite").path
        let store = try ReservationStore.open(at: path)
        let checkpoints = try #require(store.checkpoints)
        let pages = try await store.database.write { try Int.fetchOne($0, sql: "PRAGMA wal_autocheckpoint") }
        #expect(pages == Checkpoints.pagesAtMost)
        let before = try size(path)
        var noted = checkpoints.count
        while noted < Checkpoints.transactions {
            #expect(try size(path) == before, "after \(noted)")
            _ = try await store.apply(change("\(noted).ics", try booking("u\(noted)", room: "room\(noted)")))
            #expect(checkpoints.count > noted)
            noted = checkpoints.count
        }
        #expect(try size(path) > before)
    }

    @Test("A checkpoint of somebody else is no fault")
    func busy() async throws {
        let path = directory.url.appending(path: "s.sqlite").path
        let store = try ReservationStore.open(at: path)
        let checkpoints = try #require(store.checkpoints)
        _ = try await store.apply(change("a.ics", try booking("u")))
        let asked = Atomic(0)
        var configuration = Configuration()
        // Who wants the log to be begun anew keeps the lock of checkpoints while it waits for a reader.
        configuration.busyMode = .callback { _ in
            #expect(throws: Never.self) { try checkpoints.move() }
            asked.add(1, ordering: .relaxed)
            return false
        }
        let other = try DatabaseQueue(path: path, configuration: configuration)
        try await store.database.read { db in
            _ = try Int.fetchOne(db, sql: "SELECT count(*) FROM booking")
            other.writeWithoutTransaction { _ = try? $0.checkpoint(.restart) }
        }
        #expect(asked.load(ordering: .relaxed) == 1)
    }

    private func size(_ path: String) throws -> Int {
        try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
    }
}
