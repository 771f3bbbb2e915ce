import Reservations
import Testing

@Suite("Owner policies")
struct OwnerPolicyTests {
    @Test(
        "A policy says who may open a booked room",
        arguments: [
            (OwnerPolicy.anyone, nil as String?, true), (.anyone, "x@guests.test", true),
            (.authenticated, nil, false), (.authenticated, "x@guests.test", false),
            (.authenticated, "eve@example.org", true), (.authenticated, "eve@meet.example.org", true),
            (.attendee, nil, false), (.attendee, "eve@example.org", false),
            (.attendee, "ann@meet.example.org/laptop", true),
            (.attendee, "bob@example.org", true),
            (.owner, nil, false), (.owner, "bob@example.org", false), (.owner, "ann@example.org", true),
            (.owner, "mailto:ANN@meet.example.org", true), (.owner, "ann.smith@example.org", true),
        ])
    func booked(policy: OwnerPolicy, asker: String?, allowed: Bool) throws {
        let (owner, attendee) = (Participant("Ann@Example.org"), try #require(Participant("bob@example.org")))
        let asker = asker.flatMap { Participant($0) }
        #expect(
            policy.allows(asker: asker, owner: owner, attendees: [attendee], addresses: try addresses()) == allowed)
    }

    @Test(
        "Where the booking's owner is unknown, only the policies that need none allow anybody",
        arguments: [(OwnerPolicy.anyone, true), (.authenticated, true), (.attendee, false), (.owner, false)])
    func unknownOwner(policy: OwnerPolicy, allowed: Bool) throws {
        let bob = try #require(Participant("bob@example.org"))
        #expect(policy.allows(asker: bob, owner: nil, attendees: [bob], addresses: try addresses()) == allowed)
    }

    @Test("Where nobody booked the room, an address in one of our domains is enough", arguments: OwnerPolicy.allCases)
    func unbooked(policy: OwnerPolicy) throws {
        #expect(policy.allowsUnbooked(asker: Participant("eve@example.org"), addresses: try addresses()))
        #expect(
            policy.allowsUnbooked(asker: Participant("x@guests.test"), addresses: try addresses())
                == (policy == .anyone))
        #expect(policy.allowsUnbooked(asker: nil, addresses: try addresses()) == (policy == .anyone))
    }

    @Test("A circular mapping ends")
    func circularMapping() throws {
        let (a, b) = (try #require(Participant("x@a.test")), try #require(Participant("x@b.test")))
        let book = AddressBook(rewrites: ["a.test": "b.test", "b.test": "a.test"])
        #expect([a, b].contains(book.person(a)))
    }

    private func addresses() throws -> AddressBook {
        AddressBook(
            domains: ["Example.org"], rewrites: ["meet.example.org": "example.org"],
            aliases: [
                try #require(Participant("ann.smith@example.org")): try #require(Participant("ann@meet.example.org"))
            ])
    }
}
