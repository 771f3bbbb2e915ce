import Reservations
import Testing

@Suite("Addresses of people")
struct ParticipantTests {
    @Test(
        "An address is compared without mailto:, resource and case",
        arguments: [
            ("mailto:Ann@Example.ORG", "ann@example.org"), ("MAILTO: ann@example.org ", "ann@example.org"),
            ("ann@example.org/laptop", "ann@example.org"), (" ann@example.org", "ann@example.org"),
            ("JÖRG@example.org", "jörg@example.org"),
        ])
    func address(raw: String, address: String) {
        #expect(Participant(raw)?.address == address)
    }

    @Test(
        "What has not one @ with something on both sides is no address",
        arguments: [
            "", " ", "ann", "@example.org", "ann@", "a@b@c", "mailto:", "/o=x/cn=y@z", "ann@/laptop", "tel:+49",
        ])
    func noAddress(raw: String) {
        #expect(Participant(raw) == nil)
    }

    @Test("An address has a local part and a domain")
    func parts() throws {
        let participant = try #require(Participant("ann@example.org"))
        #expect(participant.localPart == "ann")
        #expect(participant.domain == "example.org")
    }
}
