import Diagnostics
import Foundation
import GRDB
import Reservations
import Synchronization
import TestSupport
import Testing

@testable import ReservationStore

@Suite("Passes")
struct PassTests {
    private let store: ReservationStore

    init() throws { store = try ReservationStore.inMemory() }

    @Test("Nothing is answered before the first pass")
    func notReady() async throws {
        #expect(try await store.admit("blue") == .notReady)
        _ = try await store.apply()
        #expect(try await store.admit("blue") == .refused(.notBooked))
    }

    @Test("The first keeps its slot, and the one that lost gets it when the first is gone")
    func conflictAndPromotion() async throws {
        _ = try await store.apply(change("a.ics", try booking("first")))
        let second = try await store.apply(change("b.ics", try booking("second")))
        #expect(second.declined == 1)
        #expect(try await store.verdicts() == ["first": .granted, "second": .declined])

        let gone = try await store.apply(ExportChange(ExportName(source: "s", path: "a.ics"), .removed))
        #expect(gone.withdrawn == 1)
        #expect(gone.exports.map(\.path).sorted() == ["a.ics", "b.ics"])
        #expect(try await store.verdicts() == ["second": .granted])
        #expect(try await store.exports().map(\.name.path) == ["b.ics"])
    }

    @Test("An export that another one's newer revision takes a reservation from is decided otherwise, too")
    func takenOver() async throws {
        _ = try await store.apply(change("a.ics", try booking("moved"), try booking("stays", hour: 1)))
        var newer = try booking("moved", hour: 2)
        newer.revision.sequence = 1
        let pass = try await store.apply(change("b.ics", newer))
        #expect(pass.exports.map(\.path).sorted() == ["a.ics", "b.ics"])
    }

    @Test("Of the bookings that a pass asks for it gets those, and no row that lies between them")
    func bookingsInRows() async throws {
        let bookings = try (0..<7).map { try booking("u\($0)", hour: Double($0)) }
        _ = try await store.apply([
            ExportChange(ExportName(source: "s", path: "a.ics"), .content(bookings, absent: .stays))
        ])
        try await store.database.read { db in
            let rows = try Int64.fetchAll(db, sql: "SELECT id FROM booking ORDER BY id")
            var inserted = InsertedBookings()
            inserted.note(try #require(try StoredBooking.withRow(rows[2], db)))
            var decoder = BookingDecoder()
            let asked = [0, 2, 3, 5, 6].map { rows[$0] }
            var found: [StoredBooking] = []
            try inserted.forEach(in: asked, by: &decoder, db) { found.append($0) }
            #expect(found.map(\.row).sorted() == asked)
            for booking in found { #expect(try booking == StoredBooking.withRow(booking.row, db)) }
        }
    }

    @Test("UIDs that differ in bytes are bookings of their own, also where Swift calls their texts equal")
    func equalTexts() async throws {
        let (composed, decomposed) = ("r\u{E9}union", "re\u{301}union")
        _ = try await store.apply(
            change("a.ics", try booking(composed, room: "blue")), change("b.ics", try booking(decomposed, room: "red")))
        #expect(try await store.verdicts("blue") == [composed: .granted])
        #expect(try await store.verdicts("red") == [decomposed: .granted])
    }

    @Test("A revision that does not count changes no decision and writes no schedule anew")
    func notCounting() async throws {
        var newer = try booking("a")
        newer.revision.sequence = 1
        _ = try await store.apply(change("a.ics", newer, try booking("b", hour: 2)))
        let pass = try await store.apply(change("b.ics", try booking("a")))
        #expect((pass.inserted, pass.granted, pass.declined) == (1, 0, 0))
        #expect(try await store.count("schedule") == 1)
    }

    @Test("What a booking claims twice it claims once")
    func twice() async throws {
        var twice = try booking("a")
        twice.occurrences += try booking("a", hour: 3).occurrences
        let pass = try await store.apply(change("a.ics", twice, try booking("b", hour: 5)))
        #expect((pass.inserted, pass.granted, pass.declined) == (2, 2, 0))
        #expect(try await store.slots(of: "a") == [0])
    }

    @Test("The same content again changes no decision and writes no row anew")
    func idempotent() async throws {
        _ = try await store.apply(change("a.ics", try booking("first"), try booking("second")))
        let before = try await store.scheduleRows()
        let again = try await store.apply(change("a.ics", try booking("first", line: 7), try booking("second")))
        #expect((again.inserted, again.withdrawn, again.granted, again.declined) == (0, 0, 0, 0))
        #expect(try await store.scheduleRows() == before)
    }

    @Test("More families than are asked for at once are found, each with all that it has")
    func manyFamilies() async throws {
        let old = try (0..<2_100).map { try booking("u\($0)", room: "room\($0)") }
        let moved = try (0..<2_100).map { try booking("u\($0)", room: "other\($0)", hour: 1) }
        _ = try await store.apply(ExportChange(ExportName(source: "s", path: "a"), .content(old, absent: .withdrawn)))
        let pass = try await store.apply(
            ExportChange(ExportName(source: "s", path: "a"), .content(moved, absent: .withdrawn)))
        #expect((pass.inserted, pass.withdrawn, pass.granted) == (2_100, 2_100, 2_100))
        let left = try await store.database.read { db in
            try Schedules(in: 2).rooms(db).filter { $0.text.hasPrefix("room") }
        }
        #expect(left.isEmpty)
    }

    @Test("Of two exports that a pass adds the one with the current revision has its room, and the other has none")
    func addedTogether() async throws {
        var newer = try booking("a", room: "blue")
        newer.revision.sequence = 1
        _ = try await store.apply(change("a.ics", try booking("a", room: "green")), change("b.ics", newer))
        #expect(try await store.verdicts("blue") == ["a": .granted])
        #expect(try await store.verdicts("green").isEmpty)
        _ = try await store.apply(change("b.ics", newer), change("c.ics", try booking("b", room: "green")))
        #expect(try await store.verdicts("green") == ["b": .granted])
    }

    @Test("Nobody is promoted into the past")
    func past() async throws {
        _ = try await store.apply(
            change("a.ics", try booking("first")), change("b.ics", try booking("second", created: 9)))
        _ = try await store.apply(ExportChange(ExportName(source: "s", path: "a.ics"), .removed), minutes: 61)
        #expect(try await store.verdicts() == ["second": .declined])
    }

    @Test("New rules decide all rooms anew")
    func newPolicy() async throws {
        _ = try await store.apply(change("a.ics", try booking("a"), try booking("b", hour: 1, created: 9)))
        #expect(try await store.verdicts() == ["a": .granted, "b": .granted])
        _ = try await store.apply(
            [], policy: ConflictPolicy(buffer: .seconds(600)), at: ten.addingTimeInterval(-86_400))
        #expect(try await store.verdicts() == ["a": .granted, "b": .declined])
        // Both had a grant, so what was granted first is no reason any more.
        let displaced = try #require(try await store.declined(endingAfter: ten).declined.first?.stored.decision)
        #expect(displaced.code == .displaced)
        #expect(displaced.reason == .created)
    }

    @Test("When the export with the newer revision is gone, the older one counts again")
    func olderRevisionReturns() async throws {
        var newer = try booking("a", hour: 2)
        newer.revision.sequence = 2
        _ = try await store.apply(change("old.ics", try booking("a")), change("new.ics", newer))
        #expect(try await store.slots(of: "a") == [2])
        _ = try await store.apply(ExportChange(ExportName(source: "s", path: "new.ics"), .removed))
        #expect(try await store.slots(of: "a") == [0])
    }

    @Test("A decision is kept with code, reason, what stands in its way, the next free time and its pass")
    func explained() async throws {
        _ = try await store.apply(change("a.ics", try booking("a")))
        _ = try await store.apply(change("b.ics", try booking("b", hour: 0.5, created: 9)), minutes: -90)
        let stored = try #require(try await store.declined(endingAfter: ten).declined.first?.stored)
        let blue = try #require(RoomName("blue"))
        let free = try #require(
            TimeSlot(start: ten.addingTimeInterval(3_600), end: ten.addingTimeInterval(7_200)))
        #expect(
            stored.decision
                == Decision(
                    id: ReservationID(uid: "b", room: blue), verdict: .declined, code: .slotTaken,
                    reason: .standingGrant, blocking: [ReservationID(uid: "a", room: blue)], nextFree: free))
        #expect(stored.decidedAt == ten.addingTimeInterval(-5_400))
    }

    @Test("What could not be read stays, what is absent goes")
    func absence() async throws {
        _ = try await store.apply(
            change("a.ics", try booking("a"), try booking("b", hour: 2), try booking("c", hour: 4)))
        _ = try await store.apply(change("a.ics", try booking("a"), absent: .staysWithUID(["b"])))
        #expect(try await store.verdicts().keys.sorted() == ["a", "b"])
        _ = try await store.apply(change("a.ics", absent: .stays))
        #expect(try await store.verdicts().keys.sorted() == ["a", "b"])
        let unusable = ExportChange(ExportName(source: "s", path: "a.ics"), .unusable, digest: "x")
        _ = try await store.apply(unusable)
        #expect(try await store.verdicts().keys.sorted() == ["a", "b"])
    }

    @Test("An open conference keeps its slot when its booking moves; afterwards the move applies")
    func openConference() async throws {
        _ = try await store.apply(change("a.ics", try booking("a")))
        guard case .opened(let conference) = try await store.admit("blue") else {
            Issue.record("not opened")
            return
        }
        _ = try await store.apply(change("a.ics", try booking("a", hour: 5)))
        #expect(try await store.admit("blue", minutes: 1) == .alreadyOpen(conference.id))
        #expect(try await !store.hasWaitedEnough())
        _ = try await store.get(conference.id)
        #expect(try await store.closeConference(conference.id, at: ten.addingTimeInterval(120)) == .closed)
        #expect(try await store.hasWaitedEnough())
        _ = try await store.apply([], policy: ConflictPolicy(), at: ten.addingTimeInterval(180))
        #expect(try await store.admit("blue", minutes: 3) != .alreadyOpen(conference.id))
        guard case .opened = try await store.admit("blue", minutes: 300) else {
            Issue.record("the move did not apply")
            return
        }
    }

    @Test(
        "What a crash left unfinished is invisible, and gone after the next pass; a reader beside it touches nothing"
    )
    func crash() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.url.appending(path: "b.sqlite").path
        let first = try ReservationStore.open(at: path)
        _ = try await first.apply(change("a.ics", try booking("a")))
        try await first.database.write { db in
            let next = try GenerationRows.begin(db)
            try db.execute(sql: "UPDATE schedule SET until = ?", arguments: [next])
            var writer = try BookingWriter(since: next, db)
            _ = try writer.insert(booking("half"), export: 1, db)
        }
        let reader = try ReservationStore.openForReading(at: path)
        #expect(try await reader.verdicts() == ["a": .granted])
        #expect(try await first.count("booking") == 2)
        await #expect(throws: DatabaseError.self) { try await reader.apply() }

        let second = try ReservationStore.open(at: path)
        #expect(try await second.verdicts() == ["a": .granted])
        _ = try await second.apply(change("b.ics"))
        #expect(try await second.verdicts() == ["a": .granted])
        #expect(try await second.count("booking") == 1)
    }

    @Test("A store of a newer version is refused, and nothing of it is written")
    func newer() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.url.appending(path: "b.sqlite").path
        let store = try ReservationStore.open(at: path)
        try await store.database.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('9999-future')") }
        let log = URL(fileURLWithPath: path + "-wal")
        let before = try (Data(contentsOf: URL(fileURLWithPath: path)), Data(contentsOf: log))
        #expect(throws: StoreError.newerSchema(path: path, unknown: "9999-future")) {
            try ReservationStore.open(at: path)
        }
        #expect(try before == (Data(contentsOf: URL(fileURLWithPath: path)), Data(contentsOf: log)))
    }

    @Test("A store of an earlier version is read by nobody before the daemon has brought it up to date, but copied")
    func older() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.url.appending(path: "b.sqlite").path
        let store = try ReservationStore.open(at: path)
        let last = try #require(Schema.migrator().migrations.last)
        try await store.database.write { db in
            try db.execute(sql: "DELETE FROM grdb_migrations WHERE identifier = ?", arguments: [last])
        }
        let older = StoreError.olderSchema(path: path, missing: last)
        #expect(throws: older) { try ReservationStore.openForReading(at: path) }
        #expect(throws: older) { try ReservationStore.openBesideDaemon(at: path) }
        let copy = directory.url.appending(path: "copy.sqlite").path
        _ = try ReservationStore.openForCopying(at: path).backUp(to: copy)
        #expect(throws: StoreError.olderSchema(path: copy, missing: last)) {
            try ReservationStore.openForReading(at: copy)
        }
    }

    @Test("Every commit is on the disk before it is acknowledged, and nobody else can read the file")
    func durability() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.url.appending(path: "b.sqlite").path
        let store = try ReservationStore.open(at: path)
        for _ in 0..<2 {
            let level = try await store.database.write { try Int.fetchOne($0, sql: "PRAGMA synchronous") }
            #expect(level == 2)
            _ = try await store.apply(change("a.ics", try booking("a")))
        }
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test("A pass that is cancelled in the midst of a transaction leaves commits as durable as before")
    func cancelled() async throws {
        let directory = try TemporaryDirectory()
        let store = try ReservationStore.open(at: directory.url.appending(path: "b.sqlite").path)
        let pass = Mutex<Task<PassSummary, any Error>?>(nil)
        let cancel = DatabaseFunction("cancel_pass", argumentCount: 0) { _ in
            pass.withLock { $0?.cancel() }
            return nil
        }
        try await store.database.write { db in
            db.add(function: cancel)
            try db.execute(
                sql: "CREATE TEMP TRIGGER cancels AFTER INSERT ON main.booking BEGIN SELECT cancel_pass(); END")
        }
        let change = change("a.ics", try booking("a"))
        pass.withLock { $0 = Task { try await store.apply(change) } }
        await #expect(throws: CancellationError.self) { try await pass.withLock { $0 }?.value }
        let level = try await store.database.write { try Int.fetchOne($0, sql: "PRAGMA synchronous") }
        #expect(level == 2)
        #expect(try await store.verdicts() == [:])
    }

    /// The starts of what is booked in room blue, in hours after ten.
}
