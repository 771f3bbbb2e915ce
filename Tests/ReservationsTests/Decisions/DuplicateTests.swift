import Diagnostics
import Foundation
import Reservations
import Testing

@Suite("The same meeting twice")
struct DuplicateTests {
    let policy = ConflictPolicy()

    @Test("Another UID with the same slot and owner is a duplicate of the best-ranked one, whatever became of that")
    func duplicate() throws {
        let candidates = [
            Candidate(try reserved("b", 10...11, created: 2)), Candidate(try reserved("a", 10...11, created: 3)),
            Candidate(try reserved("c", 10...11, created: 3, participation: .tentative)),
        ]
        let decisions = decide(candidates, policy: policy, at: hour(0))
        #expect(decisions.map(\.id.uid) == ["a", "b", "c"])
        #expect(decisions.map(\.verdict) == [.duplicate, .granted, .duplicate])
        #expect(decisions.map(\.code) == [.duplicate, nil, .duplicate])
        #expect(decisions.map { $0.blocking.map(\.uid) } == [["b"], [], ["b"]])

        let winner = Candidate(try reserved("w", 10...10.5, owner: "bob@example.org", created: 1))
        let beaten = decide(candidates + [winner], policy: policy, at: hour(0))
        #expect(try beaten.of("b").verdict == .declined)
        #expect(try beaten.of("b").blocking.map(\.uid) == ["w"])
        #expect(try beaten.of("a").blocking.map(\.uid) == ["b"])
    }

    @Test(
        "Unknown owners are the same only where source and summary are",
        arguments: [
            ("Review", "hr", "Review", true), ("Review", "web", "Review", false), ("Review", "hr", "Other", false),
            // As of private entries, which may be anything.
            ("", "hr", "", false),
        ])
    func unknownOwners(first: String, source: String, summary: String, isDuplicate: Bool) throws {
        let decisions = decide(
            [
                Candidate(try reserved("a", 10...11, owner: nil, source: "hr", summary: first)),
                Candidate(try reserved("b", 10...11, owner: nil, source: source, summary: summary)),
            ], policy: policy, at: hour(0))
        #expect(try decisions.of("b").verdict == (isDuplicate ? .duplicate : .declined))
    }

    @Test("Owners are compared after the mapping of addresses: for duplicates, buffers, hand-over and heirs")
    func mappedOwners() throws {
        let addresses = AddressBook(rewrites: ["meet.example.org": "example.org"])
        let (a, b) = (
            try reserved("a", 10...11, created: 0),
            try reserved("b", 10...11, owner: "ann@meet.example.org", created: 1)
        )
        let next = Candidate(try reserved("n", 11...12, owner: "ann@meet.example.org"))
        let unmapped = ConflictPolicy(buffer: .seconds(600))
        let mapped = ConflictPolicy(buffer: .seconds(600), addresses: addresses)
        let candidates = [Candidate(a), Candidate(b), next]
        #expect(
            decide(candidates, policy: unmapped, at: hour(0)).map(\.verdict) == [.granted, .declined, .declined])
        #expect(decide(candidates, policy: mapped, at: hour(0)).map(\.verdict) == [.granted, .duplicate, .granted])

        let past = Competition(among: [a], after: []).decided(policy: mapped, at: hour(0))
        #expect(Competition(among: [b], after: past).successions.isEmpty)
        #expect(Competition(among: [b], after: past, addresses: addresses).successions.map(\.to) == [b.id])

        func closes(by addresses: AddressBook) -> Date? {
            let policy = AdmissionPolicy(handover: .seconds(300), addresses: addresses)
            return OpenWindow.windows(of: [a, next.reservation], policy: policy).first?.closes
        }
        #expect(closes(by: addresses) == hour(11))
        #expect(closes(by: AddressBook()) == hour(11).addingTimeInterval(-300))
    }

    @Test("A known owner and an unknown one are not the same, nor are slots of other lengths")
    func notTheSame() throws {
        let decisions = decide(
            [
                Candidate(try reserved("a", 10...11)), Candidate(try reserved("b", 10...11, owner: nil)),
                Candidate(try reserved("c", 10...11.5)),
            ], policy: policy, at: hour(0))
        #expect(decisions.filter { $0.verdict == .declined }.count == 2)
        #expect(decisions.filter { $0.verdict == .duplicate }.isEmpty)
    }

    @Test("Two occurrences of one series in one slot are no duplicates but an overlap of the series with itself")
    func ownSeries() throws {
        let decisions = decide(
            [
                Candidate(try reserved("s", 10...11, recurrenceID: "1")),
                Candidate(try reserved("s", 10...11, recurrenceID: "2")),
            ], policy: policy, at: hour(0))
        #expect(try decisions.of("s", "2").code == .seriesOverlapsItself)
    }

    @Test("The first of a meeting stands where any of it stands, so a better-ranked duplicate takes over the grant")
    func standingOfTheMeeting() throws {
        let decisions = decide(
            [
                Candidate(try reserved("old", 10...11, participation: .tentative), standing: .granted),
                Candidate(try reserved("new", 10...11, created: 5)),
                Candidate(try reserved("rival", 10...11, owner: "bob@example.org", created: 1)),
            ], policy: policy, at: hour(0))
        #expect(try decisions.of("new").verdict == .granted)
        #expect(try decisions.of("old").verdict == .duplicate)
        #expect(try decisions.of("rival").reason == .standingGrant)
    }
}
