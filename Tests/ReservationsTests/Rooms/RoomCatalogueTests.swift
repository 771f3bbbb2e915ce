import Reservations
import Testing

@Suite("The catalogue of rooms")
struct RoomCatalogueTests {
    @Test(
        "A star stands for any text",
        arguments: [
            ("*", "board", true), ("*", "[sales]demo", true), ("board*", "board", true), ("board*", "boardroom", true),
            ("board*", "aboard", false), ("*room", "boardroom", true), ("*room", "rooms", false),
            ("b*d*m", "boardroom", true), ("b*d*m", "bdm", true), ("b*x*m", "boardroom", false), ("a*a", "a", false),
            ("a*aa*a", "aaa", false), ("a*aa*a", "aaaa", true), ("board", "board", true), ("board", "boards", false),
            ("Größe *", "größe büro", true), ("[Sales]*", "[sales]demo", true), ("[*]demo", "[sales]demo", true),
            ("[sales]*", "demo", false), ("a * b", "a  b", true),
        ])
    func pattern(text: String, room: String, matches: Bool) throws {
        let pattern = try #require(RoomPattern(text))
        #expect(pattern.matches(try #require(RoomName(room))) == matches)
    }

    @Test("A pattern that no name could match is refused", arguments: ["", "a\nb*", "[a\u{0}]*"])
    func badPattern(text: String) {
        #expect(RoomPattern(text) == nil)
    }

    @Test("The first pattern that matches gives the terms, and the defaults apply where none does")
    func firstMatchWins() throws {
        let catalogue = try catalogue()
        #expect(catalogue.terms(for: try #require(RoomName("Boardroom"))).ownerPolicy == .attendee)
        #expect(catalogue.terms(for: try #require(RoomName("boardwalk"))).ownerPolicy == .owner)
        #expect(catalogue.terms(for: try #require(RoomName("cellar"))).unbooked == .open)
        #expect(catalogue.knows(try #require(RoomName("boardwalk"))))
        #expect(!catalogue.knows(try #require(RoomName("cellar"))))
    }

    @Test("Without patterns every name is known")
    func noPatterns() throws {
        #expect(RoomCatalogue().knows(try #require(RoomName("cellar"))))
    }

    @Test(
        "An alias is found whatever its case, width and white space",
        arguments: ["Board room 2.01", " board  ROOM 2.01\n", "ｂoard room 2.01"])
    func alias(text: String) throws {
        #expect(try catalogue().aliases[text] == RoomName("boardroom"))
    }

    @Test(
        "A room is found by its address, configured or in the alias table",
        arguments: [
            ("mailto:Board@rooms.example.org", "boardroom" as String?), ("board@rooms.example.org", "boardroom"),
            ("MAILTO:lab@rooms.example.org", "lab"), ("other@rooms.example.org", nil), ("nonsense", nil),
        ])
    func address(text: String, room: String?) throws {
        #expect(try catalogue().room(withAddress: text) == room.flatMap { RoomName($0) })
    }

    @Test(
        "The nearest known names are offered, the nearest first",
        arguments: [
            ("bordroom", ["boardroom"] as [String]), ("Baordroom", ["boardroom"]),
            ("Board room 2.1", ["Board room 2.01"]),
            ("cellar", []), ("", []),
        ])
    func nearest(text: String, offered: [String]) throws {
        #expect(try catalogue().nearest(to: text) == offered)
    }

    private func catalogue() throws -> RoomCatalogue {
        let address = Participant("board@rooms.example.org")
        return RoomCatalogue(
            [
                .init(try #require(RoomPattern("boardroom")), RoomTerms(ownerPolicy: .attendee, address: address)),
                .init(try #require(RoomPattern("board*")), RoomTerms(ownerPolicy: .owner)),
            ],
            unmatched: RoomTerms(unbooked: .open),
            aliases: RoomAliases([
                .init("Board room 2.01", try #require(RoomName("boardroom"))),
                .init("lab@rooms.example.org", try #require(RoomName("lab"))),
            ])
        )
    }
}
