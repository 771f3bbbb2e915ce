import Diagnostics
import Foundation
import Reservations
import Testing

/// What happens when exports change: each test decides on Monday, changes something and decides again.
@Suite("Updates, withdrawals and open conferences")
struct CompetitionTests {
    let policy = ConflictPolicy()

    @Test("Who was granted on Monday keeps the slot against what an export brings on Tuesday")
    func standing() throws {
        let (b, a) = (
            try reserved("b", 48...49, owner: "bob@example.org", created: -2), try reserved("a", 48...49, created: -9)
        )
        let tuesday = decided([a, b], after: decided([b]))
        #expect(tuesday.granted == ["b"])
        #expect(try decision(of: "a", in: tuesday).reason == .standingGrant)
    }

    @Test("A moved reservation competes anew, and its old slot is free")
    func moved() throws {
        let (a, b) = (
            try reserved("a", 10...11, created: -9), try reserved("b", 34...35, owner: "bob@example.org", created: -2)
        )
        let waiting = try reserved("w", 10...11, owner: "cy@example.org", created: -1)
        let before = decided([a, b, waiting])
        #expect(before.granted == ["a", "b"])
        let after = decided([try reserved("a", 34...35, created: -9), b, waiting], after: before)
        #expect(after.granted == ["b", "w"])
        #expect(try decision(of: "w", in: after).code == .promoted)
        #expect(try decision(of: "a", in: after).code == .slotTaken)
    }

    @Test(
        "When the winner is cancelled or withdrawn, the best-ranked loser is promoted in the same pass",
        arguments: [
            Participation?.none, .cancelled,
        ])
    func withdrawn(participation: Participation?) throws {
        let winner = try reserved("a", 10...11, created: 0)
        let losers = [
            try reserved("b", 10...11, owner: "bob@example.org", created: 2),
            try reserved("c", 10...11, owner: "cy@example.org", created: 1),
        ]
        var current = losers
        if let participation {
            current.append(try reserved("a", 10...11, created: 0, participation: participation))
        }
        let after = decided(current, after: decided([winner] + losers))
        #expect(after.granted == ["c"])
        #expect(try decision(of: "c", in: after).code == .promoted)
        #expect(try decision(of: "b", in: after).blocking.map(\.uid) == ["c"])
    }

    @Test("What is told of a conflict follows its winner: an overlap has become a lack of room for the buffer")
    func codeFollows() throws {
        let policy = ConflictPolicy(buffer: .seconds(600))
        let loser = try reserved("b", 11...12, owner: "bob@example.org", created: 1)
        func decide(_ winner: ClosedRange<Double>, after past: [DecidedReservation]) throws -> [DecidedReservation] {
            let current = [try reserved("a", winner, created: 0), loser]
            return Competition(among: current, after: past).decided(policy: policy, at: hour(0))
        }
        let before = try decide(10...11.5, after: [])
        #expect(before.map(\.decision.code) == [nil, .slotTaken])
        #expect(try decide(10...11.5, after: before) == before)
        let after = try decide(10...11, after: before)
        #expect(after.map(\.decision.code) == [nil, .bufferTaken])
        #expect(try decide(10...11.5, after: after).map(\.decision.code) == [nil, .slotTaken])
    }

    @Test("A whole series that is moved while one of its occurrences is open is not in its own way")
    func movedSeries() throws {
        let old = try (0..<3).map { day in
            let start = Double(day) * 24 + 10
            return try reserved("s", start...(start + 1), recurrenceID: "2026120\(7 + day)T100000Z")
        }
        let new = try (0..<3).map { day in
            let start = Double(day) * 24 + 10.5
            return try reserved("s", start...(start + 1), recurrenceID: "2026120\(7 + day)T103000Z")
        }
        var past = decided(old).past
        past[0].isOpen = true
        let competition = Competition(among: new, after: past)
        #expect(competition.waiting == [old[0].id])
        #expect(competition.deferred == [new[0].id])
        let after = competition.decided(policy: policy, at: hour(10.2))
        #expect(after.map(\.decision.verdict) == [.granted, .granted, .granted])
        #expect(after.map(\.reservation.id) == [old[0].id, new[1].id, new[2].id])
    }

    @Test("Nobody is promoted into the past: what is over keeps its last decision, and is in nobody's way")
    func over() throws {
        let (a, b) = (
            try reserved("a", 10...11, created: 0), try reserved("b", 10...11, owner: "bob@example.org", created: 1)
        )
        let before = decided([a, b])
        let later = Competition(among: [b], after: before.past)
        #expect(later.decided(policy: policy, at: hour(10.99)).map(\.decision.verdict) == [.granted])
        #expect(later.decided(policy: policy, at: hour(11)) == [before.past[1]])
        let rival = Competition(among: [b, try reserved("c", 10.5...12, created: 5)], after: before.past)
        #expect(rival.decided(policy: policy, at: hour(11)).map(\.decision.verdict) == [.declined, .granted])
    }

    @Test("A new title, owner or setting keeps the grant")
    func sameSlot() throws {
        let (a, rival) = (
            try reserved("a", 10...11, created: 0), try reserved("r", 10...11, owner: "bob@example.org", created: 1)
        )
        let renamed = try reserved(
            "a", 10...11, owner: "new@example.org", created: 9, summary: "New", settings: RoomSettings(lobby: true))
        #expect(decided([renamed, rival], after: decided([a, rival])).granted == ["a"])
    }

    @Test(
        "A cancelled meeting's duplicate inherits the grant, and a conference that is open", arguments: [false, true])
    func inherits(isOpen: Bool) throws {
        let (first, same) = (try reserved("a", 10...11, created: 0), try reserved("b", 10...11, created: 5))
        let rival = try reserved("r", 10...11, owner: "bob@example.org", created: 1)
        let before = decided([first, same, rival], open: isOpen ? ["a"] : [])
        #expect(before.granted == ["a"])
        let competition = Competition(among: [same, rival], after: before.past)
        #expect(competition.successions.map { [$0.from.uid, $0.to.uid] } == [["a", "b"]])
        #expect(competition.candidates.map(\.standing) == [isOpen ? .open : .granted, .none])
        #expect(competition.waiting.isEmpty)
        let after = decided([same, rival], after: before)
        #expect(after.granted == ["b"])
        #expect(try decision(of: "b", in: after).code == nil)
    }

    @Test("A booking that comes back under another UID inherits its grant")
    func newUID() throws {
        let before = decided([try reserved("old", 10...11, created: 3)])
        let after = decided(
            [
                try reserved("new", 10...11, created: 9),
                try reserved("r", 10...11, owner: "bob@example.org", created: 1),
            ],
            after: before)
        #expect(after.granted == ["new"])
    }

    @Test(
        "While its conference is open, a cancelled or withdrawn booking keeps room and slot", arguments: [false, true])
    func openAndCancelled(withdrawn: Bool) throws {
        let (a, rival) = (
            try reserved("a", 10...11), try reserved("r", 10.5...11.5, owner: "bob@example.org", priority: 9)
        )
        let before = decided([a], open: ["a"])
        let cancelled = try reserved("a", 10...11, participation: .cancelled)
        let current = withdrawn ? [rival] : [cancelled, rival]
        let during = decided(current, after: before, open: ["a"])
        #expect(during.granted == ["a"])
        #expect(Competition(among: current, after: before.past).waiting == [a.id])
        #expect(decided(current, after: during.closed()).granted == ["r"])
    }

    @Test("While its conference is open, a moved booking keeps its slot, and the new one waits")
    func openAndMoved() throws {
        let moved = try reserved("a", 34...35)
        let before = decided([try reserved("a", 10...11)], open: ["a"])
        let competition = Competition(among: [moved], after: before.past)
        #expect(competition.candidates.map(\.reservation.slot) == [try slot(10...11)])
        #expect(competition.waiting == [moved.id])
        #expect(competition.deferred == [moved.id])
        let later = Competition(among: [moved], after: before.closed().past)
        #expect(later.candidates.map(\.reservation.slot) == [try slot(34...35)])
        #expect(later.candidates.map(\.standing) == [.none])
        #expect(later.waiting.isEmpty)
    }

    @Test("While its conference is open, a booking that moves to another room waits; one that gains a room does not")
    func openAndOtherRoom() throws {
        let before = decided([try reserved("a", 10...11)], open: ["a"])
        let red = try reserved("a", 10...11, room: "red")
        let moved = Competition(among: [red], after: before.past)
        #expect(moved.candidates.map(\.reservation.id.room.text) == ["blue"])
        #expect(moved.deferred == [red.id])
        let both = Competition(among: [try reserved("a", 10...11), red], after: before.past)
        #expect(both.candidates.map(\.reservation.id.room.text) == ["blue", "red"])
        #expect(both.waiting.isEmpty && both.deferred.isEmpty)
    }

    @Test("Who waits for the end of a conference inherits nothing where it would have moved to")
    func openAndHeir() throws {
        let (a, b) = (try reserved("a", 10...11), try reserved("b", 34...35))
        for open in [["a"], ["a", "b"]] as [Set<String>] {
            let before = decided([a, b], open: open)
            let competition = Competition(among: [try reserved("a", 34...35)], after: before.past)
            #expect(competition.candidates.first?.reservation == a)
            #expect(competition.candidates.map(\.reservation.id.uid) == (open.contains("b") ? ["a", "b"] : ["a"]))
            #expect(competition.successions.isEmpty)
            #expect(competition.waiting.map(\.uid) == open.sorted())
        }
    }

    @Test("While its conference is open, settings stay as opened; title and owner do not wait")
    func openSettings() throws {
        let before = decided([try reserved("a", 10...11, settings: RoomSettings(lobby: true))], open: ["a"])
        let changed = try reserved(
            "a", 10...11, owner: "bob@example.org", summary: "New", settings: RoomSettings(lobby: false))
        let competition = Competition(among: [changed], after: before.past)
        #expect(competition.candidates.map(\.reservation.settings) == [RoomSettings(lobby: true)])
        #expect(competition.candidates.map(\.reservation.summary) == ["New"])
        #expect(competition.waiting == [changed.id])
    }

    private func decision(of uid: String, in room: DecidedRoom) throws -> Decision {
        try room.past.map(\.decision).of(uid)
    }

    private func decided(
        _ current: [Reservation], after past: DecidedRoom = DecidedRoom(), open: Set<String> = []
    ) -> DecidedRoom {
        var past = Competition(among: current, after: past.past).decided(policy: policy, at: hour(0))
        for index in past.indices { past[index].isOpen = open.contains(past[index].reservation.id.uid) }
        return DecidedRoom(past: past)
    }
}

/// What a pass left behind.
private struct DecidedRoom {
    var past: [DecidedReservation] = []

    var granted: [String] { past.filter { $0.decision.verdict == .granted }.map(\.decision.id.uid).sorted() }

    func closed() -> DecidedRoom {
        var copy = self
        for index in copy.past.indices { copy.past[index].isOpen = false }
        return copy
    }
}
