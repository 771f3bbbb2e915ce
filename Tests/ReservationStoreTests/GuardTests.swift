import Diagnostics
import Foundation
import GRDB
import Reservations
import Testing

@testable import ReservationStore

/// What a pass withdraws, and what it holds back (design: ingest, "Removal, and the guard").
@Suite("Withdrawals that look like an accident")
struct GuardTests {
    private let store: ReservationStore

    init() throws { store = try ReservationStore.inMemory() }

    private func export(
        _ path: String, _ hours: some Sequence<Int>, uid: String = "u", room: String = "blue"
    ) throws -> ExportChange {
        var change = change(path)
        change.kind = .content(
            try hours.map { try booking("\(uid)\($0)", room: room, hour: Double($0), owner: "ann") },
            absent: .withdrawn)
        return change
    }

    private func removed(_ path: String, isGuarded: Bool = true) -> ExportChange {
        ExportChange(ExportName(source: "s", path: path), .removed, isGuarded: isGuarded)
    }

    /// How many are granted in blue, and how many are held.
    private func counts() async throws -> [Int] {
        [
            try await store.verdicts().values.count { $0 == .granted },
            try await store.held(ofSource: "s").count,
        ]
    }

    @Test("An emptied export keeps its bookings, additions and changes apply, and the report says SRC010")
    func emptied() async throws {
        _ = try await store.apply(export("a.ics", 0..<5), export("b.ics", 100..<150))
        let pass = try await store.apply(export("a.ics", 20..<22))
        #expect(pass.held["s"]??.reason == .allOfExport)
        #expect(pass.held["s"]??.lost == 5)
        #expect(try await counts() == [57, 5])
        let stored = try #require(try await store.exports().first { $0.name.path == "a.ics" })
        #expect(stored.diagnostics.map(\.code) == [.removalHeld])
    }

    @Test("What is held of an emptied export stays when others change, and when the export gets more")
    func additions() async throws {
        _ = try await store.apply(export("a.ics", 0..<5), export("b.ics", 100..<150))
        _ = try await store.apply(export("a.ics", 20..<22))
        #expect(try await store.apply(export("b.ics", 100..<151)).held["s"]??.reason == .allOfExport)
        #expect(try await counts() == [58, 5])
        #expect(try await store.apply(export("a.ics", 21..<24)).held["s"]??.lost == 6)
        #expect(try await counts() == [60, 6])
        #expect(try await store.apply(export("a.ics", Array(0..<5) + Array(20..<24))).held["s"]! == nil)
        #expect(try await counts() == [60, 0])
    }

    @Test("What is held of a source stays when others of its exports get more")
    func growing() async throws {
        _ = try await store.apply(export("a.ics", 0..<12), export("b.ics", 100..<105))
        _ = try await store.apply(removed("a.ics"))
        #expect(try await store.apply(export("b.ics", 100..<130)).held["s"]??.reason == .mostOfSource)
        #expect(try await counts() == [42, 12])
        #expect(try await store.apply(export("b.ics", 100..<131)).held["s"]??.reason == .mostOfSource)
        #expect(try await counts() == [43, 12])
        #expect(try await store.apply(export("a.ics", 0..<12)).held["s"]! == nil)
        #expect(try await counts() == [43, 0])
    }

    /// Lets nobody write a row of what is held.
    private func refuseHolding() async throws {
        try await store.database.write { db in
            for event in ["INSERT", "UPDATE", "DELETE"] {
                try db.execute(
                    sql: """
                        CREATE TRIGGER refuse\(event) BEFORE \(event) ON holding
                        BEGIN SELECT RAISE(ABORT, 'refused by the test'); END
                        """)
            }
        }
    }

    @Test(
        "What is held and what no longer is lies ready before the last transaction, for which Prosody waits",
        arguments: [(0, 5), (5, 0)])
    func liesReady(hours: Int, held: Int) async throws {
        _ = try await store.apply(export("a.ics", 0..<5), export("b.ics", 100..<150))
        if held == 0 { _ = try await store.apply(export("a.ics", 0..<0)) }
        let pass = try await store.stage([export("a.ics", 0..<hours)], policy: ConflictPolicy(), at: ten)
        #expect(try await counts() == [55, 5 - held], "nobody sees it before")
        try await refuseHolding()
        _ = try await store.commit(pass, expiring: ExpiryRun(policy: AdmissionPolicy(), now: ten))
        #expect(try await counts() == [55, held])
    }

    @Test("What was held once is held again, and what is released leaves no row")
    func again() async throws {
        let all = try export("a.ics", 0..<5)
        _ = try await store.apply(all, export("b.ics", 100..<150))
        for _ in 0..<2 {
            _ = try await store.apply(export("a.ics", 0..<0))
            #expect(try await counts() == [55, 5])
            _ = try await store.apply(all)
            #expect(try await counts() == [55, 0])
        }
        try await store.database.write { db in
            _ = try GenerationRows.removeReplaced(db, upTo: 100)
            #expect(try Int.fetchOne(db, sql: "SELECT count(*) FROM holding") == 0)
        }
    }

    @Test("What is held is written once: Prosody would wait while a great many are written at each pass")
    func writtenOnce() async throws {
        _ = try await store.apply(export("a.ics", 0..<5), export("b.ics", 100..<150))
        _ = try await store.apply(export("a.ics", 20..<22))
        let since = try await store.held(ofSource: "s").map(\.since)
        try await refuseHolding()
        _ = try await store.apply(export("b.ics", 100..<151))
        #expect(try await counts() == [58, 5])
        #expect(try await store.held(ofSource: "s").map(\.since) == since)
    }

    @Test("A source that loses most of its files keeps them; returning files lift the hold")
    func files() async throws {
        _ = try await store.apply(export("a.ics", 0..<12), export("b.ics", 100..<105))
        #expect(try await store.apply(removed("a.ics")).held["s"]??.reason == .mostOfSource)
        #expect(try await counts() == [17, 12])
        #expect(try await store.exports().first?.isMissing == true)

        #expect(try await store.apply(export("a.ics", 0..<12)).held["s"]! == nil)
        #expect(try await counts() == [17, 0])
        #expect(try await store.exports().first?.isMissing == false)
    }

    @Test("When most come back the rest may go, of other exports too")
    func partlyBack() async throws {
        _ = try await store.apply(export("a.ics", 0..<6), export("b.ics", 100..<106), export("c.ics", 200..<202))
        _ = try await store.apply(removed("a.ics"), removed("b.ics"))
        #expect(try await counts() == [14, 12])
        _ = try await store.apply(export("b.ics", 100..<106))
        #expect(try await counts() == [8, 0])
        #expect(try await store.exports().map(\.name.path) == ["b.ics", "c.ics"])
    }

    @Test("What is held is released when its entry comes in another export, or another entry of its slots")
    func foundElsewhere() async throws {
        _ = try await store.apply(export("a.ics", 0..<14), export("z.ics", 100..<105))
        _ = try await store.apply(removed("a.ics"))
        #expect(try await store.apply(export("y.ics", 50..<52)).held["s"]??.lost == 14)
        #expect(try await store.apply(export("b.ics", 0..<2)).held["s"]??.lost == 12)
        #expect(try await store.apply(export("c.ics", 2..<3, uid: "other")).held["s"]??.lost == 11)
        #expect(try await store.apply(export("d.ics", 3..<4, uid: "other", room: "red")).held["s"]??.lost == 11)
        #expect(try await counts() == [5 + 2 + 2 + 1 + 11, 11])
    }

    @Test("Of entries for the same slots that are held in two exports, those of one go as soon as the other is back")
    func heldTwice() async throws {
        _ = try await store.apply(export("a.ics", 0..<14), export("b.ics", 0..<12, uid: "other"))
        _ = try await store.apply(removed("a.ics"), removed("b.ics"))
        #expect(try await counts() == [14, 26])
        #expect(try await store.apply(export("b.ics", 0..<12, uid: "other")).held["s"]! == nil)
        #expect(try await counts() == [12, 0])
    }

    @Test("What is over is held no more", arguments: [0, 1])
    func over(others: Int) async throws {
        _ = try await store.apply(export("a.ics", 0..<12), minutes: 0)
        _ = try await store.apply(removed("a.ics"), minutes: 1)
        #expect(try await store.held(ofSource: "s").count == 12)
        _ = try await store.apply(export("b.ics", 30..<30 + others), minutes: 61)
        #expect(try await store.held(ofSource: "s").count == 11)
        _ = try await store.apply(export("b.ics", 40..<40 + others), minutes: 12 * 60)
        #expect(try await store.held(ofSource: "s").isEmpty)
    }

    private func meeting(_ uid: String, _ hours: [Double], revision: Int = 0) throws -> Booking {
        var meeting = try booking(uid, owner: "ann")
        meeting.occurrences = try hours.flatMap { hour in
            try booking(uid, hour: hour).occurrences.map {
                Occurrence(recurrenceID: RecurrenceID("at \(hour)"), slot: $0.slot)
            }
        }
        meeting.revision.sequence = revision
        return meeting
    }

    private func export(_ path: String, meetings: [Booking]) -> ExportChange {
        var change = change(path)
        change.kind = .content(meetings, absent: .withdrawn)
        return change
    }

    @Test("A booking is held no more when the only slot is over that nobody else has")
    func partlyOver() async throws {
        let daily = try (0..<5).map { try meeting("u\($0)", [Double($0), 24 + Double($0)]) }
        let tomorrow = try (0..<5).map { try meeting("v\($0)", [24 + Double($0)]) }
        _ = try await store.apply(
            export("a.ics", meetings: daily), export("b.ics", meetings: tomorrow), minutes: -60)
        _ = try await store.apply(export("a.ics", meetings: []), minutes: -30)
        #expect(try await store.held(ofSource: "s").count == 5)
        _ = try await store.apply(minutes: 30)
        #expect(try await store.held(ofSource: "s").count == 5)
        _ = try await store.apply(minutes: 3.5 * 60)
        #expect(try await store.held(ofSource: "s").isEmpty, "two of five may go")
    }

    @Test("A booking is held no more when an older revision counts again that has its slot")
    func olderRevision() async throws {
        let own = try (0..<5).map { try meeting("u\($0)", [Double($0)]) }
        let same = try (0..<5).map { try meeting("v\($0)", [Double($0)]) }
        let moved = try (0..<5).map { try meeting("v\($0)", [50 + Double($0)], revision: 1) }
        _ = try await store.apply(
            export("a.ics", meetings: own), export("b.ics", meetings: same), export("c.ics", meetings: moved))
        _ = try await store.apply(export("a.ics", meetings: []))
        #expect(try await store.held(ofSource: "s").count == 5)
        _ = try await store.apply(removed("c.ics"))
        _ = try await store.apply()
        #expect(try await store.held(ofSource: "s").isEmpty)
    }

    @Test("What waits is looked at again only where something comes that it may be")
    func suspects() async throws {
        _ = try await store.apply(export("a.ics", 0..<12))
        _ = try await store.apply(removed("a.ics"))
        let rows = try await store.held(ofSource: "s").map(\.row).sorted()
        let other = try booking("u4", room: "red", hour: 200), slot = try booking("new", hour: 7, owner: "ann")
        for (comers, suspected) in [([], []), ([other], [4]), ([slot], [7]), ([other, slot], [4, 7])] {
            #expect(try await suspects(of: comers) == suspected.map { rows[$0] })
        }
        let many = try (0..<12).map { try booking("many\($0)", room: "green", hour: Double($0)) }
        #expect(try await suspects(of: many) == rows, "more come than wait")
        let series = try meeting("series", (0..<12).map { 300 + Double($0) })
        #expect(try await suspects(of: [series]) == rows, "one comes with more slots than wait")
    }

    /// The rows that a pass looks at again that brings `comers`.
    private func suspects(of comers: [Booking]) async throws -> [Int64] {
        var new = change("new.ics")
        new.kind = .content(comers, absent: .withdrawn)
        return try await store.database.read { [new] db in
            let generation = try GenerationRows.current(db) + 1
            let diff = try ExportDiff(of: new, row: 1_000, generation: generation, db)
            return try HeldSuspects(
                HeldRow.all(db), staying: [], [diff], generation: generation, at: ten.addingTimeInterval(-86_400), db
            ).rows.sorted()
        }
    }

    @Test("What is accepted goes with the next pass, exactly what was shown")
    func accepted() async throws {
        _ = try await store.apply(export("a.ics", 0..<20))
        _ = try await store.apply(export("a.ics", 8..<20))
        #expect(try await counts() == [12, 0], "eight of twenty may go")
        _ = try await store.apply(export("a.ics", 11..<20))
        #expect(try await counts() == [12, 3], "eleven of twenty within the hour may not")
        let shown = try await store.held(ofSource: "s")
        _ = try await store.apply(export("a.ics", 17..<20))
        #expect(try await counts() == [12, 9])
        try await store.accept(shown)
        #expect(try await store.hasWaitedEnough())
        _ = try await store.apply()
        #expect(try await counts() == [9, 6])
        #expect(try await !store.hasWaitedEnough())
    }

    @Test("An accepted removal of a file removes the export")
    func acceptedRemoval() async throws {
        _ = try await store.apply(export("a.ics", 0..<12))
        _ = try await store.apply(removed("a.ics"))
        try await store.accept(try await store.held(ofSource: "s"))
        _ = try await store.apply()
        #expect(try await counts() == [0, 0])
        #expect(try await store.exports() == [])
    }

    @Test("What was let go an hour ago counts no more")
    func hour() async throws {
        _ = try await store.apply(export("a.ics", 10..<30), minutes: 0)
        _ = try await store.apply(export("a.ics", 18..<30), minutes: 1)
        _ = try await store.apply(export("a.ics", 22..<30), minutes: 60)
        #expect(try await counts() == [12, 4])
        _ = try await store.apply(export("a.ics", 22..<30), minutes: 62)
        #expect(try await counts() == [8, 0])
    }

    @Test("Cancelled, ended and renamed bookings, and those under a new UID, are no losses")
    func noLosses() async throws {
        _ = try await store.apply(export("a.ics", 0..<12), minutes: 0)
        _ = try await store.apply(export("a.ics", 0..<0), minutes: 12 * 60)
        #expect(try await counts() == [0, 0], "ended")

        _ = try await store.apply(export("a.ics", 20..<40))
        _ = try await store.apply(export("b.ics", 20..<40))
        _ = try await store.apply(removed("a.ics"))
        #expect(try await counts() == [20, 0], "renamed")

        _ = try await store.apply(export("b.ics", 20..<40, uid: "other"))
        #expect(try await counts() == [20, 0], "new UIDs")
        #expect(try await store.verdicts().keys.allSatisfy { $0.hasPrefix("other") })

        var cancelled = change("b.ics")
        cancelled.kind = .content(
            try (20..<40).map { hour in
                var one = try booking("other\(hour)", hour: Double(hour), owner: "ann")
                one.participation = .cancelled
                one.revision.sequence = 1
                return one
            }, absent: .withdrawn)
        _ = try await store.apply(cancelled)
        #expect(try await counts() == [0, 0], "cancelled")
    }

    @Test("More can be let through than fit into one transaction")
    func acceptMany() async throws {
        _ = try await store.apply(export("a.ics", 0..<1_100))
        _ = try await store.apply(export("a.ics", 0..<0))
        try await store.accept(store.held(ofSource: "s"))
        _ = try await store.apply()
        #expect(try await counts() == [0, 0])
    }

    @Test("A new UID in another room or of another owner is a loss")
    func otherClaims() async throws {
        _ = try await store.apply(export("a.ics", 0..<12))
        _ = try await store.apply(export("a.ics", 0..<12, uid: "other", room: "red"))
        #expect(try await counts() == [12, 12])
    }

    @Test("Without the guard everything goes")
    func unguarded() async throws {
        _ = try await store.apply(export("a.ics", 0..<12))
        _ = try await store.apply(removed("a.ics", isGuarded: false))
        #expect(try await counts() == [0, 0])
    }

    @Test("A crash between deciding and switching leaves nothing held")
    func crash() async throws {
        _ = try await store.apply(export("a.ics", 0..<12))
        _ = try await store.stage([removed("a.ics")], policy: ConflictPolicy(), at: ten)
        #expect(try await counts() == [12, 0])
        _ = try await store.apply()
        #expect(try await counts() == [12, 0])

        _ = try await store.apply(removed("a.ics"))
        _ = try await store.stage([export("a.ics", 0..<12)], policy: ConflictPolicy(), at: ten)
        #expect(try await counts() == [12, 12])
        _ = try await store.apply()
        #expect(try await counts() == [12, 12])
    }
}
