import Foundation
import GRDB
import Reservations
import TestSupport
import Testing

@testable import ReservationStore

@Suite("Damage and backups")
struct HealthTests {
    private let directory: TemporaryDirectory
    private var path: String { "\(directory.path)/s.sqlite" }
    private var copy: String { "\(directory.path)/copy.sqlite" }

    init() throws { directory = try TemporaryDirectory() }

    private func filled() async throws -> ReservationStore {
        let store = try ReservationStore.open(at: path)
        let bookings = try (0..<200).map { try booking("u\($0)", hour: Double($0)) }
        _ = try await store.apply(
            ExportChange(ExportName(source: "s", path: "a.ics"), .content(bookings, absent: .withdrawn), digest: "a"))
        return store
    }

    @Test("Whoever closed it leaves it whole; whoever did not, is seen at the next start")
    func leftOpen() async throws {
        let first = try await filled()
        #expect(!first.wasLeftOpen)
        let second = try ReservationStore.open(at: path)
        #expect(second.wasLeftOpen, "the first one has not closed it")
        try first.close()
        try second.close()
        #expect(try !ReservationStore.open(at: path).wasLeftOpen)
    }

    @Test("A whole store has no findings, and goes on answering")
    func whole() async throws {
        let store = try await filled()
        #expect(try await store.check() == [])
        #expect(try await store.isReady())
    }

    @Test("A damaged page is found, and from then on nothing is answered")
    func damaged() async throws {
        try await filled().close()
        try await damage(path)
        let store = try ReservationStore.open(at: path)
        #expect(try await store.isReady())
        #expect(try await !store.check().isEmpty)
        await #expect(throws: StoreError.self) { try await store.isReady() }
        await #expect(throws: StoreError.self) { try await store.admit("blue") }
        await #expect(throws: StoreError.self) { try await store.fetchConference(1) }
        await #expect(throws: StoreError.self) { try await store.closeConference(1, at: ten) }
    }

    @Test(
        "A damaged backup is refused by its name, leaves no draft, and the store stays as it was",
        arguments: Damage.allCases)
    func damagedBackup(damage: Damage) async throws {
        let store = try await filled()
        _ = try store.backUp(to: copy)
        try store.close()
        let before = try Data(contentsOf: URL(fileURLWithPath: path))
        try await self.damage(copy, damage)
        let refusal = #expect(throws: StoreError.self) { try ReservationStore.restore(copy, to: path) }
        #expect(refusal?.description.hasPrefix("\(copy) is no store") == true)
        #expect(!FileManager.default.fileExists(atPath: path + ".part"))
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
        #expect(try await ReservationStore.open(at: path).verdicts().count == 200)
    }

    @Test(
        "A store that is damaged so that it cannot be opened is told as damaged, with its name, and stays as it is",
        arguments: [Damage.schema, .content])
    func unopenable(damage: Damage) async throws {
        try await filled().close()
        try await self.damage(path, damage)
        let before = try Data(contentsOf: URL(fileURLWithPath: path))
        let refusal = #expect(throws: StoreError.self) { try ReservationStore.open(at: path) }
        #expect(refusal?.description.hasPrefix("the store is damaged (\(path): ") == true, "\(refusal as Any)")
        #expect(refusal?.description.hasSuffix("restore a backup") == true)
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
    }

    /// What SQLite's check tells as a finding, what ends the check, and what keeps SQLite from opening the file.
    enum Damage: CaseIterable { case cells, zeroedPage, cutInHalf, schema, content }

    private func damage(_ path: String, _ damage: Damage = .cells) async throws {
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        switch damage {
        case .cells:
            try file.seek(toOffset: UInt64(await page(of: "schedule_of_room", in: path).place + 8))
            try file.write(contentsOf: Data(repeating: 0xA5, count: 2_000))
        case .zeroedPage:
            let (place, size) = try await page(of: "schedule", in: path)
            try file.seek(toOffset: UInt64(place))
            try file.write(contentsOf: Data(repeating: 0, count: size))
        case .cutInHalf: try file.truncate(atOffset: file.seekToEnd() / 2)
        case .schema:
            // Behind the header of the file, which is whole.
            try file.seek(toOffset: 100)
            try file.write(contentsOf: Data(repeating: 0xA5, count: 2_000))
        case .content:
            let size = try Int(file.seekToEnd())
            try file.seek(toOffset: 0)
            try file.write(contentsOf: Data(repeating: 0xA5, count: size))
        }
        try file.close()
    }

    /// Where in the file its first page begins, and how long a page is.
    private func page(of table: String, in path: String) async throws -> (place: Int, size: Int) {
        let queue = try DatabaseQueue(path: path)
        return try await queue.read { db in
            let page = try Int.fetchOne(
                db, sql: "SELECT rootpage FROM sqlite_schema WHERE name = ?", arguments: [table])
            let size = try #require(try Int.fetchOne(db, sql: "PRAGMA page_size"))
            return ((try #require(page) - 1) * size, size)
        }
    }

    @Test("A backup beside open conferences and passes restores them; a later id is another one")
    func backup() async throws {
        let store = try await filled()
        let conference = try await store.open("blue")
        let summary = try store.backUp(to: copy)
        #expect(summary.reservations == 200)
        #expect(summary.conferences == 1)
        _ = try await store.apply(change("b.ics", try booking("later", room: "red")))
        #expect(try await store.closeConference(conference.id, at: ten.addingTimeInterval(60)) == .closed)
        try store.close()

        #expect(try ReservationStore.restore(copy, to: path) == summary)
        let restored = try ReservationStore.open(at: path)
        #expect(!restored.wasLeftOpen)
        #expect(try await restored.fetchConference(conference.id)?.slot == conference.slot)
        #expect(try await restored.verdicts("red") == [:])
        #expect(try await restored.open("blue", minutes: 90).id > conference.id)
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test("What is no backup is refused by its name, the store stays as it was", arguments: ["text", "", "foreign"])
    func badBackup(content: String) async throws {
        try await filled().close()
        if content == "foreign" {
            let other = try DatabaseQueue(path: copy)
            try await other.write { try $0.execute(sql: "CREATE TABLE customer (id INTEGER PRIMARY KEY)") }
            try other.close()
        } else {
            try directory.write(String(repeating: content, count: 100), to: "copy.sqlite")
        }
        let refusal = #expect(throws: StoreError.self) { try ReservationStore.restore(copy, to: path) }
        #expect(refusal?.description.contains(copy) == true)
        #expect(refusal?.description.contains(path) == false)
        #expect(!FileManager.default.fileExists(atPath: path + ".part"))
        #expect(try await ReservationStore.open(at: path).verdicts().count == 200)
    }

    @Test("A database of somebody else's is not made a store")
    func foreign() async throws {
        let other = try DatabaseQueue(path: path)
        try await other.write { try $0.execute(sql: "CREATE TABLE customer (id INTEGER PRIMARY KEY)") }
        try other.close()
        let before = try Data(contentsOf: URL(fileURLWithPath: path))
        #expect(throws: StoreError.notAStore(path: path, reason: "bookwatch has not written it")) {
            try ReservationStore.open(at: path)
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
    }

    @Test("What a store's log has is in its file before another one takes its place")
    func leftOpenStore() async throws {
        let store = try await filled()
        for suffix in ["", "-wal"] { try FileManager.default.copyItem(atPath: path + suffix, toPath: copy + suffix) }
        try store.close()
        #expect(try Data(contentsOf: URL(fileURLWithPath: copy + "-wal")).count > 0)
        try ReservationStore.foldLog(ofStoreAt: copy)
        #expect(!FileManager.default.fileExists(atPath: copy + "-wal"))
        #expect(try await ReservationStore.open(at: copy).verdicts().count == 200)
    }

    @Test("A restore over a store that was left open leaves nothing of what that had")
    func restoredOverLog() async throws {
        let store = try await filled()
        let backup = "\(directory.path)/backup.sqlite"
        _ = try store.backUp(to: backup)
        _ = try await store.apply(change("b.ics", try booking("later", room: "red")))
        for suffix in ["", "-wal"] { try FileManager.default.copyItem(atPath: path + suffix, toPath: copy + suffix) }
        try store.close()
        #expect(try ReservationStore.restore(backup, to: copy).reservations == 200)
        let restored = try ReservationStore.open(at: copy)
        #expect(try await restored.verdicts("red") == [:])
        #expect(try await restored.verdicts().count == 200)
        #expect(try await restored.check() == [])
    }

    @Test("A backup never takes the store's own place", arguments: ["s.sqlite", "s.sqlite-wal", "link.sqlite"])
    func ontoItself(name: String) async throws {
        let store = try await filled()
        try FileManager.default.createSymbolicLink(
            atPath: "\(directory.path)/link.sqlite", withDestinationPath: path)
        #expect(throws: StoreError.self) { try store.backUp(to: "\(directory.path)/\(name)") }
        #expect(try await store.verdicts().count == 200)
        try store.close()
        #expect(try await ReservationStore.open(at: path).verdicts().count == 200)
    }
}
