import Diagnostics
import Foundation
import Reservations
import Testing

/// The examples of the design's table, and its rules one by one.
@Suite("Who gets a slot")
struct DecisionExampleTests {
    let policy = ConflictPolicy()

    @Test("Reservations that only touch are both granted, whichever is placed first", arguments: [0.0, 2.0])
    func halfOpen(created: Double) throws {
        let decisions = decide(
            [
                Candidate(try reserved("a", 10...11, created: 1)),
                Candidate(try reserved("b", 11...12, owner: "bob@example.org", created: created)),
            ], policy: policy, at: hour(0))
        #expect(decisions.map(\.verdict) == [.granted, .granted])
        #expect(decisions.allSatisfy { $0.code == nil && $0.blocking.isEmpty && $0.nextFree == nil })
    }

    @Test(
        "A buffer is kept between different owners only, before and after",
        arguments: [
            ("bob@example.org", "ann@example.org", 11.0...12.0, false),
            ("bob@example.org", "ann@example.org", 9.0...10.0, false),
            ("ann@example.org", "ann@example.org", 11.0...12.0, true), (nil, nil, 11.0...12.0, false),
            ("bob@example.org", "ann@example.org", 11.25...12.0, true),
            ("bob@example.org", "ann@example.org", 8.0...9.75, true),
        ] as [(String?, String?, ClosedRange<Double>, Bool)])
    func buffer(first: String?, second: String?, hours: ClosedRange<Double>, granted: Bool) throws {
        let decisions = decide(
            [
                Candidate(try reserved("a", 10...11, owner: first, created: 0, summary: "x")),
                Candidate(try reserved("b", hours, owner: second, created: 1, summary: "y")),
            ],
            policy: ConflictPolicy(buffer: .seconds(600)), at: hour(0))
        let decision = try decisions.of("b")
        #expect(decision.verdict == (granted ? .granted : .declined))
        #expect(decision.code == (granted ? nil : .bufferTaken))
        #expect(decision.blocking.map(\.uid) == (granted ? [] : ["a"]))
    }

    @Test("An overlap is a taken slot, also where a buffer is set")
    func overlapBeyondBuffer() throws {
        var candidates = [Candidate(try reserved("taken", 10...11, owner: "bob@example.org", created: 0))]
        for minute in 0..<20 {
            let start = 9 + Double(minute) / 60
            candidates.append(
                Candidate(try reserved("m\(minute)", start...(start + 1 / 60.0), owner: "bob@example.org", created: 0)))
        }
        candidates.append(Candidate(try reserved("late", 10.5...11.5, created: 1)))
        let decisions = decide(candidates, policy: ConflictPolicy(buffer: .seconds(7_200)), at: hour(0))
        #expect(try decisions.of("late").code == .slotTaken)
        #expect(try decisions.of("late").blocking.count == 16)
    }

    @Test("Who booked earlier has the slot, and CREATED is the reason", arguments: [false, true])
    func bookedEarlier(reversed: Bool) throws {
        let candidates = [
            Candidate(try reserved("b", 10...11, owner: "bob@example.org", created: -24)),
            Candidate(try reserved("z", 10...11, created: -48)),
        ]
        let decisions = decide(reversed ? candidates.reversed() : candidates, policy: policy, at: hour(0))
        #expect(try decisions.of("z").verdict == .granted)
        let declined = try decisions.of("b")
        #expect(declined.verdict == .declined)
        #expect(declined.code == .slotTaken)
        #expect(declined.reason == .created)
        #expect(declined.blocking.map(\.uid) == ["z"])
        #expect(declined.nextFree == (try slot(11...12)))
    }

    @Test("A grant stands against what is created earlier but comes later; an empty store decides by CREATED")
    func standingGrant() throws {
        let (early, late) = (
            try reserved("a", 48...49, created: -48), try reserved("b", 48...49, owner: "bob@example.org", created: -24)
        )
        let standing = decide([Candidate(early), Candidate(late, standing: .granted)], policy: policy, at: hour(0))
        #expect(standing.granted == [late.id])
        #expect(try standing.of("a").reason == .standingGrant)
        #expect(decide([Candidate(early), Candidate(late)], policy: policy, at: hour(0)).granted == [early.id])
    }

    @Test("A series loses only the occurrences whose slots are taken")
    func series() throws {
        var candidates: [Candidate] = []
        for week in 0..<10 {
            let start = Double(week) * 168 + 10
            candidates.append(
                Candidate(try reserved("weekly", start...(start + 1), recurrenceID: "w\(week)", created: 1)))
        }
        for week in [3, 7] {
            let start = Double(week) * 168 + 10.5
            candidates.append(
                Candidate(try reserved("x\(week)", start...(start + 1), owner: "bob@example.org", created: 0)))
        }
        let decisions = decide(candidates, policy: policy, at: hour(0)).filter { $0.id.uid == "weekly" }
        #expect(decisions.filter { $0.verdict == .granted }.count == 8)
        #expect(decisions.filter { $0.verdict == .declined }.map(\.id.recurrenceID?.text) == ["w3", "w7"])
    }

    @Test(
        "A confirmed booking displaces a granted tentative one, but not from an hour before its start until its end",
        arguments: [
            (-72.0, false), (8.99, false), (9.0, true), (9.5, true), (10.99, true), (11.0, false),
        ])
    func tentativeAndFreeze(now: Double, tentativeKeeps: Bool) throws {
        let decisions = decide(
            [
                Candidate(try reserved("t", 10...11, participation: .tentative), standing: .granted),
                Candidate(try reserved("c", 10...11, owner: "bob@example.org")),
            ],
            policy: policy, at: hour(now))
        let (tentative, confirmed) = (try decisions.of("t"), try decisions.of("c"))
        #expect(tentative.verdict == (tentativeKeeps ? .granted : .declined))
        #expect(confirmed.verdict == (tentativeKeeps ? .declined : .granted))
        #expect((tentativeKeeps ? confirmed : tentative).reason == (tentativeKeeps ? .freeze : .confirmed))
        #expect(tentative.code == (tentativeKeeps ? nil : .displaced))
    }

    @Test("Freeze protects a grant against a source of higher priority, too; only an open conference is stronger")
    func freezeAndPriority() throws {
        let granted = Candidate(try reserved("g", 10...11), standing: .granted)
        let higher = Candidate(try reserved("h", 10...11, owner: "bob@example.org", priority: 5))
        #expect(decide([granted, higher], policy: policy, at: hour(0)).granted == [higher.reservation.id])
        #expect(try decide([granted, higher], policy: policy, at: hour(0)).of("g").reason == .sourcePriority)
        #expect(decide([granted, higher], policy: policy, at: hour(9.5)).granted == [granted.reservation.id])
        let open = Candidate(
            try reserved("o", 10.5...11.5, owner: "cy@example.org", participation: .tentative, priority: -1),
            standing: .open)
        let decisions = decide([granted, higher, open], policy: policy, at: hour(10.6))
        #expect(decisions.granted == [open.reservation.id])
        #expect(try decisions.of("g").reason == .openConference)
        #expect(try decisions.of("g").code == .displaced)
    }

    @Test("Each element of the rank decides where all before it are equal", arguments: RankElement.allCases)
    func eachElement(element: RankElement) throws {
        var winner = Candidate(try reserved("b", 10...12, recurrenceID: "2", owner: nil, created: 5, source: "m"))
        var loser = Candidate(try reserved("b", 10...12.5, recurrenceID: "2", owner: nil, created: 5, source: "m"))
        var now = hour(-100)
        switch element {
        case .openConference: winner.standing = .open
        case .freeze:
            winner = Candidate(try reserved("b", 10...12, recurrenceID: "2", created: 6), standing: .granted)
            loser = Candidate(try reserved("b", 11.5...12.5, recurrenceID: "2", created: 5), standing: .granted)
            now = hour(10.2)
        case .confirmed: loser.reservation.participation = .tentative
        case .sourcePriority: winner.reservation.sourcePriority = 1
        case .standingGrant: winner.standing = .granted
        case .created: loser.reservation.created = nil
        case .start: winner.reservation.slot = try slot(9.5...12)
        case .uid: winner.reservation.id.uid = "a"
        case .recurrenceID: winner.reservation.id.recurrenceID = RecurrenceID("1")
        case .source: winner.reservation.source = "l"
        }
        for candidates in [[winner, loser], [loser, winner]] {
            let decisions = decide(candidates, policy: policy, at: now)
            #expect(decisions.filter { $0.verdict == .granted }.count == 1)
            let declined = decisions.first { $0.verdict == .declined }
            #expect(declined?.reason == element)
            #expect(declined?.nextFree?.length == loser.reservation.slot.length)
        }
    }

    @Test("A series that overlaps itself keeps the earlier start")
    func overlapsItself() throws {
        let decisions = decide(
            [
                Candidate(try reserved("s", 10...12, recurrenceID: "1")),
                Candidate(try reserved("s", 11...13, recurrenceID: "0")),
            ], policy: policy, at: hour(0))
        #expect(try decisions.of("s", "1").verdict == .granted)
        #expect(try decisions.of("s", "0").code == .seriesOverlapsItself)
        #expect(try decisions.of("s", "0").reason == .start)
    }

    @Test(
        "Who does not take part gets no decision and stands in nobody's way",
        arguments: [
            Participation.cancelled, .transparent, .roomDeclined,
        ])
    func noPart(participation: Participation) throws {
        let decisions = decide(
            [
                Candidate(try reserved("a", 10...11, created: 0, participation: participation), standing: .granted),
                Candidate(try reserved("b", 10...11, owner: "bob@example.org", created: 1)),
            ], policy: policy, at: hour(0))
        #expect(decisions.map(\.id.uid) == ["b"])
        #expect(decisions.map(\.verdict) == [.granted])
    }

    @Test("Where nobody is left in its way, a declined reservation is granted in the same pass, as promoted")
    func promoted() throws {
        let past = Decision(id: try reserved("b", 10...11).id, verdict: .declined, code: .slotTaken, reason: .created)
        let decisions = decide([Candidate(try reserved("b", 10...11), previous: past)], policy: policy, at: hour(0))
        #expect(decisions.map(\.code) == [.promoted])
        let again = decide(
            [Candidate(try reserved("b", 10...11), standing: .granted, previous: decisions[0])], policy: policy,
            at: hour(0))
        #expect(again == decisions)
    }

    @Test("The next free span has the same length, room for the buffer, and lies within the horizon")
    func nextFree() throws {
        let candidates = [
            Candidate(try reserved("a", 10...11, created: 0)), Candidate(try reserved("b", 11.5...12, created: 0)),
            Candidate(try reserved("c", 13.25...20, created: 0)),
            Candidate(try reserved("late", 10.5...11.5, owner: "bob@example.org", created: 1)),
        ]
        func found(buffer: Double, horizon: Double = 240) throws -> TimeSlot? {
            let policy = ConflictPolicy(buffer: .seconds(buffer * 3_600), horizon: .seconds(horizon * 3_600))
            return try decide(candidates, policy: policy, at: hour(0)).of("late").nextFree
        }
        #expect(try found(buffer: 0) == slot(12...13))
        #expect(try found(buffer: 0.125) == slot(12.125...13.125))
        #expect(try found(buffer: 0.25) == slot(20.25...21.25))
    }

    @Test("A span beyond the days that are known is not told as free, whenever the declined one is")
    func nextFreeBeyondHorizon() throws {
        func found(_ hours: ClosedRange<Double>, days: Double, at now: Double = 0) throws -> TimeSlot? {
            let candidates = [
                Candidate(try reserved("a", 46...47, created: 0)),
                Candidate(try reserved("late", hours, owner: "bob@example.org", created: 1)),
            ]
            let policy = ConflictPolicy(horizon: .seconds(days * 86_400))
            return try decide(candidates, policy: policy, at: hour(now)).of("late").nextFree
        }
        let midnight = hour(0).timeIntervalSinceReferenceDate / 86_400
        try #require(midnight == midnight.rounded())
        #expect(try found(46.5...47.5, days: 2) == slot(47...48))
        #expect(try found(46.5...47.75, days: 2) == nil)
        #expect(try found(46.5...47.75, days: 3) == slot(47...48.25))
        #expect(try found(46.5...47.75, days: 2, at: 23) == nil)
        #expect(try found(46.5...47.75, days: 2, at: 24) == slot(47...48.25))
    }

    @Test("Many in its way are named up to a limit, by start")
    func manyBlocking() throws {
        let short = try (0..<50).map { number in
            let start = Double(number) / 10
            return Candidate(try reserved("s\(number)", start...(start + 0.1), owner: "bob@example.org", created: 0))
        }
        let long = Candidate(try reserved("long", 0...5, created: 1))
        let decision = try decide([long] + short, policy: policy, at: hour(-9)).of("long")
        #expect(decision.blocking.count == Decision.maximumBlocking)
        #expect(decision.blocking.map(\.uid) == (0..<16).map { "s\($0)" })
        #expect(decision.nextFree == (try slot(5...10)))
    }
}
