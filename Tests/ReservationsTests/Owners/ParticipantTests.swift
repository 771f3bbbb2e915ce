import Reservations
import TestSupport
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

    @Test("An address is what its definition says, for texts of awkward pieces")
    func definition() throws {
        let pieces = ["mailto:", "MailTo:", "mailtx:", "@", "/", " ", "Ann", "z", "[Z", "`", "Ö", "é", "\t", "日本"]
        for seed in 0..<5_000 as Range<UInt64> {
            var random = SeededGenerator(seed: seed)
            let count = Int.random(in: 0...7, using: &random)
            let raw = (0..<count).compactMap { _ in pieces.randomElement(using: &random) }.joined()
            #expect(Participant(raw)?.address == Self.defined(raw), "seed \(seed): \(raw)")
        }
    }

    /// Step by step, as the summary of the type has it.
    private static func defined(_ raw: String) -> String? {
        func trimmed(_ text: Substring) -> Substring {
            let start = text.drop { $0 == " " }
            return start.lastIndex { $0 != " " }.map { start[...$0] } ?? ""
        }
        var text = trimmed(raw[...])
        if text.prefix(7).lowercased() == "mailto:" { text = trimmed(text.dropFirst(7)) }
        let address = text.prefix { $0 != "/" }.lowercased()
        let parts = address.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && !parts.contains("") ? address : nil
    }

    @Test("An address has a local part and a domain")
    func parts() throws {
        let participant = try #require(Participant("ann@example.org"))
        #expect(participant.localPart == "ann")
        #expect(participant.domain == "example.org")
    }
}
