import Diagnostics
import Foundation
import GRDB
import Reservations
import Testing

@testable import ReservationStore

/// What is written when a reservation is over (design: conflicts, "Expiry"). Booked from ten to eleven.
@Suite("Expiries in the store")
struct ExpiryTests {
    private let store: ReservationStore

    init() throws { store = try ReservationStore.inMemory() }

    @Test("Outcome, minutes and openings are written once the slot is over and a DELETE could have come")
    func written() async throws {
        try await begin(change("a.ics", try booking("a", line: 7)))
        try await use(from: 0, to: 20)
        try await use(from: 30, to: 40)
        #expect(try await expire(minutes: 61).written == 0)
        #expect(try await expire(minutes: 62).written == 1)
        #expect(try await expire(minutes: 200).written == 0)
        let expired = try #require(try await expiries().first)
        #expect(expired.expiry == Expiry(outcome: .endedEarly, minutes: 30, openings: 2))
        #expect((expired.id.uid, expired.revision, expired.line) == ("a", 1, 7))
        #expect(expired.export == ExportName(source: "s", path: "a.ics"))
        #expect(expired.owner == Participant("a@example.org"))
    }

    @Test("A conference without a DELETE ends by our clock, two minutes after it was to close")
    func clock() async throws {
        try await begin(change("a.ics", try booking("a")))
        let conference = try await store.open("blue")
        #expect(try await expire(minutes: 61.9).closed == 0)
        let summary = try await expire(minutes: 62)
        #expect((summary.closed, summary.written) == (1, 1))
        #expect(try await store.get(conference.id) == nil)
        let expired = Expiry(outcome: .cutOff, minutes: 60, openings: 1, closedByClock: true)
        #expect(try await expiries().map(\.expiry) == [expired] && expired.code == .closedByClock)
    }

    @Test("A late DELETE is told by a next revision")
    func correction() async throws {
        try await begin(change("a.ics", try booking("a")))
        let conference = try await use(from: 0, to: 30)
        _ = try await expire(minutes: 62)
        #expect(try await store.closeConference(conference, at: minute(70)) == .closedBefore)
        #expect(try await expire(minutes: 71).corrected == 1)
        #expect(try await expire(minutes: 72).corrected == 0)
        #expect(try await expiries().map(\.expiry.outcome) == [.endedEarly, .cutOff])
        #expect(try await expiries().map(\.revision) == [1, 2])
    }

    @Test("Nobody came, or nobody could have come, or it was over before it was imported")
    func neverOpened() async throws {
        try await begin(change("a.ics", try booking("a"), try booking("b", hour: 2)), answering: false)
        try await store.noteAnswering(from: minute(-60), until: minute(90))
        try await store.noteAnswering(from: minute(-60), until: minute(140))
        _ = try await expire(minutes: 200)
        _ = try await store.apply(change("late.ics", try booking("late", room: "red")), minutes: 210)
        _ = try await expire(minutes: 220)
        #expect(
            try await expiries().map { [$0.id.uid, $0.expiry.outcome.rawValue] } == [
                ["a", "no-show"], ["b", "unobserved"],
            ])
    }

    @Test("What ended while we were away is told after the start", arguments: [2_000, 60_000] as [Double])
    func away(minutes: Double) async throws {
        try await begin(change("a.ics", try booking("a")), answering: false)
        #expect(try await expire(minutes: minutes).written == 1)
        #expect(try await expiries().map(\.expiry.outcome) == [.unobserved])
    }

    @Test(
        "What did not get its slot is over between two looks, however far apart",
        arguments: [(-60, 59, false), (59, 60, true), (60, 61, false), (-60_000, 60_000, true)])
    func declined(last: Int, now: Int, isOver: Bool) async throws {
        _ = try await store.apply(change("a.ics", try booking("a"), try booking("b", created: 1)))
        #expect(try await store.hasDeclined(endingAfter: minute(Double(last)), until: minute(Double(now))) == isOver)
    }

    @Test("An export that drops what has just ended takes no expiry with it")
    func leaving() async throws {
        try await begin(change("a.ics", try booking("a")))
        try await use(from: 0, to: 55)
        _ = try await store.apply(change("a.ics"), minutes: 60.5)
        #expect(try await store.verdicts() == [:])
        _ = try await expire(minutes: 90)
        #expect(try await expiries().map(\.expiry) == [Expiry(outcome: .used, minutes: 55, openings: 1)])
    }

    @Test("A grant that is displaced once it is over has its expiry all the same")
    func displacedWhenOver() async throws {
        var tentative = try booking("a")
        tentative.participation = .tentative
        try await begin(change("a.ics", tentative))
        try await use(from: 0, to: 55)
        _ = try await store.apply(change("b.ics", try booking("b", hour: 0.5)), minutes: 40)
        #expect(try await store.verdicts() == ["a": .granted, "b": .declined])
        _ = try await store.apply(change("c.ics", try booking("c", hour: 9)), minutes: 60.5)
        #expect(try await store.verdicts() == ["a": .declined, "b": .granted, "c": .granted])
        _ = try await expire(minutes: 70)
        #expect(try await expiries().map(\.id.uid) == ["a"])
    }

    @Test("A meeting that comes back under another UID after its end has one expiry, under the new one")
    func successionWhenOver() async throws {
        try await begin(change("a.ics", try booking("old", owner: "ann")))
        try await use(from: 0, to: 55)
        _ = try await store.apply(change("a.ics", try booking("new", owner: "ann")), minutes: 60.5)
        _ = try await expire(minutes: 70)
        #expect(try await expiries().map { [$0.id.uid, $0.expiry.outcome.rawValue] } == [["new", "used"]])
    }

    @Test("A grant that was used, and is withdrawn or moved away before its end, has one", arguments: [true, false])
    func usedAndGone(isMoved: Bool) async throws {
        try await begin(change("a.ics", try booking("a")))
        try await use(from: 0, to: 20)
        let change = isMoved ? change("a.ics", try booking("a", hour: 24)) : change("a.ics")
        _ = try await store.apply(change, minutes: 30)
        _ = try await expire(minutes: 90)
        #expect(try await expiries().map(\.expiry) == [Expiry(outcome: .endedEarly, minutes: 20, openings: 1)])
    }

    @Test("Of a grant that was used and then made shorter or longer its last slot is told", arguments: [0.5, 1.5])
    func resized(hours: Double) async throws {
        try await begin(change("a.ics", try booking("a")))
        try await use(from: 0, to: 20)
        _ = try await expire(minutes: 40)
        var resized = try booking("a")
        let slot = resized.occurrences[0].slot
        resized.occurrences[0].slot = try #require(TimeSlot(start: slot.start, end: slot.start + hours * 3_600))
        _ = try await store.apply(change("a.ics", resized), minutes: 40)
        _ = try await expire(minutes: 190)
        let found = try await expiries()
        #expect(found.map(\.slot.length) == [hours * 3_600])
        #expect(found.map(\.expiry.openings) == [1])
        #expect(found.map(\.expiry.minutes) == [20])
    }

    @Test("A clock that was far ahead keeps nobody waiting for its day")
    func cameBack() async throws {
        try await begin(change("a.ics", try booking("a")))
        _ = try await expire(minutes: 100_000)
        #expect(try await expiries().count == 1)
        _ = try await store.apply(change("b.ics", try booking("b", hour: 2)), minutes: 70)
        _ = try await expire(minutes: 100)
        _ = try await expire(minutes: 190)
        #expect(try await expiries().map(\.id.uid) == ["a", "b"])
    }

    @Test("What is withdrawn before its end and was not used has no expiry")
    func withdrawn() async throws {
        try await begin(change("a.ics", try booking("a")))
        _ = try await store.apply(change("a.ics"), minutes: 30)
        _ = try await expire(minutes: 90)
        #expect(try await expiries() == [])
    }

    @Test("Who may overrun has not ended when the booking is over")
    func overrun() async throws {
        try await begin(change("a.ics", try booking("a")))
        let policy = AdmissionPolicy(overrun: .seconds(1_800))
        #expect(try await store.expire(policy: policy, at: minute(91)).written == 0)
        #expect(try await store.expire(policy: policy, at: minute(93)).written == 1)
    }

    @Test("Who opened a room, and its password, are forgotten with the names")
    func secrets() async throws {
        try await begin(change("a.ics", try booking("a", settings: RoomSettings(password: "canary"))))
        try await use(from: 0, to: 55)
        func kept() async throws -> Int? {
            try await store.database.read { db in
                try Int.fetchOne(
                    db, sql: "SELECT (mailOwner <> '') + (password IS NOT NULL) FROM conference")
            }
        }
        #expect(try await kept() == 2)
        _ = try await store.purge(endedBefore: ten, personalBefore: minute(54))
        #expect(try await kept() == 2)
        _ = try await store.purge(endedBefore: ten, personalBefore: minute(56))
        #expect(try await kept() == 0)
    }

    @Test("Names go after their time, everything after a longer one, and no id comes again")
    func retention() async throws {
        try await begin(change("a.ics", try booking("a")))
        let conference = try await use(from: 0, to: 55)
        _ = try await expire(minutes: 90)
        #expect(try await store.purge(endedBefore: ten, personalBefore: minute(60)) == 1)
        #expect(try await expiries().map(\.owner) == [Participant("a@example.org")])
        #expect(try await store.purge(endedBefore: ten, personalBefore: minute(61)) == 1)
        #expect(try await expiries().map(\.owner) == [nil])
        #expect(try await expiries().map(\.summary) == [nil])
        #expect(try await store.purge(endedBefore: minute(2_000), personalBefore: minute(2_000)) == 3)
        #expect(try await expiries() == [])
        #expect(try await store.closeConference(conference, at: minute(2_000)) == .unknown)
        _ = try await store.apply(change("a.ics", try booking("a"), try booking("b", hour: 40)), minutes: 2_000)
        #expect(try await store.open("blue", minutes: 2_400).id > conference)
    }

    private func begin(_ change: ExportChange, answering: Bool = true) async throws {
        _ = try await store.apply(change)
        if answering { try await store.noteAnswering(from: minute(-60), until: minute(100)) }
        _ = try await expire(minutes: -30)
    }

    /// A conference of somebody who is known, with its DELETE.
    @discardableResult
    private func use(from start: Double, to end: Double) async throws -> Int64 {
        let answer = try await store.admit(
            "blue", at: minute(start), mailOwner: "x@example.org", policy: AdmissionPolicy(), now: minute(start))
        guard case .opened(let conference) = answer else { throw NotOpened(room: "blue") }
        #expect(try await store.closeConference(conference.id, at: minute(end)) == .closed)
        return conference.id
    }

    private func expire(minutes: Double) async throws -> ExpirySummary {
        try await store.expire(policy: AdmissionPolicy(), at: minute(minutes))
    }

    private func expiries() async throws -> [ExpiredReservation] {
        try await store.expiries(endingIn: minute(-10_000)..<minute(10_000))
    }

    private func minute(_ minute: Double) -> Date { ten.addingTimeInterval(minute * 60) }
}
