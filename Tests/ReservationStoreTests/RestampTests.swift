import Foundation
import GRDB
import Reservations
import Testing

@testable import ReservationStore

@Suite("Bookings whose entries have another stamp")
struct RestampTests {
    private let store: ReservationStore

    init() throws { store = try .inMemory() }

    @Test("What only has another stamp stays as it was decided, and has the new stamp", arguments: [true, false])
    func restamped(isLarge: Bool) async throws {
        let old = [try booking("first"), try booking("second"), try booking("third", hour: 3)]
        var new = old.map { old in
            var new = old
            new.revision.modified += 60
            new.revision.digest += " stamped"
            new.line += 1
            return new
        }
        new[2].summary = "says something else"
        func content(_ bookings: [Booking]) throws -> ExportChange.Kind {
            isLarge ? try spooled(bookings) : .content(bookings, absent: .withdrawn)
        }
        let export = ExportName(source: "s", path: "a.ics")
        _ = try await store.apply([ExportChange(export, try content(old))])
        let pass = try await store.apply(
            [ExportChange(export, try content(new))], policy: ConflictPolicy(), at: ten.addingTimeInterval(-60))
        #expect((pass.inserted, pass.withdrawn, pass.granted, pass.declined) == (1, 1, 1, 0))
        let decided = try await store.reservations(
            of: #require(RoomName("blue")), touching: .distantPast..<(.distantFuture))
        #expect(decided.map(\.since) == [1, 1, 2], "what is only stamped anew keeps its decision")
        #expect(decided.map { ten.timeIntervalSince($0.decidedAt) } == [86_400, 86_400, 60])
        #expect(try await store.count("booking WHERE until = \(Schema.forever)") == 3)
        for new in new {
            let stored = try await store.database.read { [family = new.family] db in
                try StoredBooking.visible(of: family, in: 2, db).map(\.booking)
            }
            #expect(stored == [new])
        }
        let again = try await store.apply([ExportChange(export, try content(new))])
        #expect((again.inserted, again.withdrawn) == (0, 0))
    }

    @Test("What is written with other bytes is something else, however equal it looks", arguments: [true, false])
    func otherBytes(isLarge: Bool) async throws {
        let composed = try booking("a", settings: RoomSettings(password: "caf\u{E9}"))
        var decomposed = try booking("a", settings: RoomSettings(password: "cafe\u{301}"))
        decomposed.revision.digest = "decomposed"
        var shown = decomposed
        shown.rooms[0].shown = "BLUE"
        let export = ExportName(source: "s", path: "a.ics")
        for (content, passwords) in [(composed, "caf\u{E9}"), (decomposed, "cafe\u{301}"), (shown, "cafe\u{301}")] {
            let kind = isLarge ? try spooled([content]) : .content([content], absent: .withdrawn)
            #expect(try await store.apply([ExportChange(export, kind)]).inserted == 1)
            let stored = try await store.database.read { db in
                try String.fetchAll(db, sql: "SELECT password FROM booking WHERE until = \(Schema.forever)")
            }
            #expect(stored.map { Array($0.utf8) } == [Array(passwords.utf8)])
        }
    }

    @Test("A pass that restamps and does not end lets the export be read again")
    func restampedByHalf() async throws {
        _ = try await store.apply(change("a.ics", try booking("a")))
        var stamped = try booking("a")
        stamped.revision.digest = "stamped"
        _ = try await store.stage([change("a.ics", stamped)], policy: ConflictPolicy(), at: ten)
        #expect(try await store.exports().map(\.reader) == [""])
        _ = try await store.apply(change("a.ics", stamped))
        #expect(try await store.exports().map(\.reader) == ["1"])
    }

    @Test("A new stamp decides which of two exports counts")
    func restampedBesideAnother() async throws {
        var other = try booking("a", hour: 2)
        other.revision.modified += 60
        _ = try await store.apply(change("a.ics", try booking("a")), change("b.ics", other))
        #expect(try await store.slots(of: "a") == [2])
        var stamped = try booking("a")
        stamped.revision.modified += 120
        _ = try await store.apply(change("a.ics", stamped))
        #expect(try await store.slots(of: "a") == [0])
    }

    @Test("Of two entries with one key and a new one in their place one is left")
    func restampedTwins() async throws {
        var twin = try booking("a", line: 9)
        twin.revision.digest = "twin"
        _ = try await store.apply(change("a.ics", try booking("a"), twin))
        var stamped = try booking("a")
        stamped.revision.digest = "stamped"
        _ = try await store.apply(change("a.ics", stamped))
        #expect(try await store.count("booking WHERE until = \(Schema.forever)") == 1)
        #expect(try await store.verdicts() == ["a": .granted])
    }
}
