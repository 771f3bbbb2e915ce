import Diagnostics
import Reservations
import Testing

@Suite("Which room an entry means")
struct RoomResolverTests {
    @Test("A URL is looked for in CONFERENCE, URL, LOCATION, X-properties, DESCRIPTION, in this order")
    func urlOrder() throws {
        var clues = RoomClues(urlTexts: RoomClues.Place.allCases.reversed().map { .init($0, url("\($0)")) })
        for place in RoomClues.Place.allCases {
            let resolution = try resolver([.url]).rooms(for: clues)
            #expect(resolution.rooms.map(\.name) == [RoomName("\(place)")])
            #expect(resolution.rooms.map(\.rule) == [.url])
            clues.urlTexts.removeAll { $0.place == place }
        }
        #expect(try resolver([.url]).rooms(for: clues).diagnostics.map(\.code) == [.noRoom])
    }

    @Test(
        "A URL is found in running text without the punctuation around it",
        arguments: [
            "Join: https://meet.example.org/Demo.", "(https://meet.example.org/Demo)",
            "<https://meet.example.org/Demo>",
            #"<a href="https://meet.example.org/Demo">here</a>"#, "[Join](https://meet.example.org/Demo), please",
            "Zoom was https://zoom.test/j/1\nnow https://meet.example.org/Demo\nor https://meet.example.org/Other",
            "https://meet.example.org/static/dialInInfo.html?room=x https://meet.example.org/Demo!",
            "link:https://meet.example.org/Demo\u{A0}", "://x http:// https:// https://meet.example.org/Demo",
            "HTTPS://meet.example.org/Demo", "xhttp://meet.example.org/Demo\u{2028}more",
            "x://https://meet.example.org/Other http://meet.example.org/Demo:",
            "é,http://meet.example.org/Demo*)\u{3000}é", "http:// x\nhttps://meet.example.org/Demo?jwt=a.b.c",
        ])
    func runningText(text: String) throws {
        let resolution = try resolver([.url]).rooms(for: RoomClues(urlTexts: [.init(.description, text)]))
        #expect(resolution.rooms.map(\.name) == [RoomName("demo")])
        #expect(resolution.rooms.map(\.shown) == ["Demo"])
    }

    @Test("A URL is found wherever in the text it begins, and behind what only looks like the begin of one")
    func anywhere() throws {
        for before in ["", "a", "/", ":", ":/", "//", "a:/", "::", ":/:"] {
            for length in 0..<4 {
                let text = String(repeating: "x", count: length) + before + " " + url("Demo")
                let resolution = try resolver([.url]).rooms(for: RoomClues(urlTexts: [.init(.description, text)]))
                #expect(resolution.rooms.map(\.name) == [RoomName("demo")], "\(text)")
            }
        }
    }

    @Test("Of a location that is no alias the text is told, and which ones are like it")
    func mistypedAlias() throws {
        let board = try #require(RoomName("board"))
        let resolver = RoomResolver(
            rules: RoomRules([.location]),
            catalogue: RoomCatalogue(aliases: RoomAliases([.init("Board room 2.01", board)])))
        let finding = resolver.rooms(for: RoomClues(location: "Bord room 2.01")).diagnostics.first
        #expect(finding?.code == .noRoom)
        #expect(finding?.message.contains("\"Bord room 2.01\"") == true)
        #expect(finding?.hint == "did you mean \"Board room 2.01\"?")
    }

    @Test("Several rooms of one place are reservations each, each once, in the order of the export")
    func severalRooms() throws {
        let clues = RoomClues(urlTexts: [
            .init(.conference, url("b")), .init(.conference, url("A")), .init(.conference, url("B")),
            .init(.url, url("c")),
        ])
        #expect(try resolver([.url]).rooms(for: clues).rooms.map(\.name.text) == ["b", "a"])
    }

    @Test(
        "Without base URLs a URL counts in CONFERENCE, or in LOCATION if it is the whole value",
        arguments: [
            (RoomClues.Place.conference, "https://any.test/Demo", "demo" as String?),
            (.conference, "tel:+4930123", nil),
            (.location, " https://any.test/sales/Demo ", "[sales]demo"),
            (.location, "Room 5 https://any.test/Demo", nil),
            (.location, "https://any.test/Demo or room 5", nil), (.location, "https://any.test/a\u{A0}b", nil),
            (.url, "https://any.test/Demo", nil), (.extensionProperty, "https://any.test/Demo", nil),
            (.description, "https://any.test/Demo", nil),
        ])
    func withoutBases(place: RoomClues.Place, text: String, room: String?) throws {
        let resolution = RoomResolver(rules: RoomRules([.url])).rooms(for: RoomClues(urlTexts: [.init(place, text)]))
        #expect(resolution.rooms.map(\.name) == room.flatMap { RoomName($0) }.map { [$0] } ?? [])
    }

    @Test("The first rule that yields a room wins, and the room says which it was", arguments: RoomRule.allCases)
    func firstRule(rule: RoomRule) throws {
        let clues = RoomClues(
            urlTexts: [.init(.url, url("url"))], resources: ["nobody@x.test", "mailto:lab@rooms.test"],
            location: "Old Library", properties: [.init("x-room", "property")], calendarName: "calendar",
            fileName: "hr/file.ics")
        let resolution = try resolver([rule] + RoomRule.allCases).rooms(for: clues)
        let expected: [RoomRule: String] = [
            .url: "url", .resource: "lab", .location: "library", .property: "property", .calendar: "calendar",
            .fixed: "fixed",
        ]
        #expect(resolution.rooms.map(\.name) == [RoomName(try #require(expected[rule]))])
        #expect(resolution.rooms.map(\.rule) == [rule])
        #expect(resolution.diagnostics.isEmpty)
    }

    @Test(
        "A LOCATION is mapped by the alias table; with slug, other text is a name itself",
        arguments: [
            ("old library", true, ["library"]), ("Old Library; Lab 1", true, ["library", "lab"]),
            ("Old Library; Cellar", true, ["old%20library%3b%20cellar"]), ("Old Library; Cellar", false, []),
            (" Größe Büro ", true, ["gr%c3%b6%c3%9fe%20b%c3%bcro"]), ("Größe Büro", false, []), ("  ", true, []),
            ("https://zoom.test/j/1", true, []),
        ])
    func location(text: String, slug: Bool, rooms: [String]) throws {
        let resolution = try resolver([.location], slug: slug).rooms(for: RoomClues(location: text))
        #expect(resolution.rooms.map(\.name.text) == rooms)
        #expect(resolution.diagnostics.map(\.code) == (rooms.isEmpty ? [.noRoom] : []))
    }

    @Test(
        "An export of one calendar per room is named by its calendar, else by its file",
        arguments: [
            ("Lab" as String?, "x.ics", "lab"), (nil, "dir/Board.room.ics", "board.room"), (" ", "lab", "lab"),
            (nil, ".ics", ".ics"),
        ])
    func calendar(name: String?, file: String, room: String) throws {
        let clues = RoomClues(calendarName: name, fileName: file)
        #expect(try resolver([.calendar]).rooms(for: clues).rooms.map(\.name.text) == [room])
    }

    @Test("A source without rules looks at URL, LOCATION as a name, and the calendar")
    func standardRules() {
        #expect(RoomRules.standard == RoomRules([.url, .location, .calendar], slug: true))
    }

    @Test("A room outside the configured patterns is BKG002 with the nearest names, and no other rule is asked")
    func unknownRoom() throws {
        let catalogue = RoomCatalogue([.init(try #require(RoomPattern("boardroom")))])
        let resolver = RoomResolver(rules: .standard, catalogue: catalogue)
        let resolution = resolver.rooms(for: RoomClues(location: "Bordroom", calendarName: "boardroom"))
        #expect(resolution.rooms.isEmpty)
        #expect(resolution.diagnostics.map(\.code) == [.unknownRoom])
        #expect(resolution.diagnostics.map(\.hint) == ["did you mean \"boardroom\"?"])
    }

    @Test("One bad room of several costs that room only")
    func oneBadRoom() throws {
        let clues = RoomClues(urlTexts: [.init(.conference, url("%0d%0a")), .init(.conference, url("demo"))])
        let resolution = try resolver([.url]).rooms(for: clues)
        #expect(resolution.rooms.map(\.name.text) == ["demo"])
        #expect(resolution.diagnostics.map(\.code) == [.unusableRoomName])
    }

    @Test("A message shows a hostile name on one line, without what a terminal would obey, and not all of it")
    func hostileName() throws {
        let name = "a\r\n\u{1B}[2J\u{202E}" + String(repeating: "x", count: 5_000)
        let resolution = try resolver([.location], slug: true).rooms(for: RoomClues(location: name))
        let message = try #require(resolution.diagnostics.first).message
        #expect(resolution.diagnostics.map(\.code) == [.unusableRoomName])
        #expect(message.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x202E })
        #expect(message.count < 200)
    }

    private func url(_ room: String) -> String { "https://meet.example.org/\(room)" }

    private func resolver(_ rules: [RoomRule], slug: Bool = false) throws -> RoomResolver {
        let aliases = RoomAliases([
            .init("Old Library", try #require(RoomName("library"))), .init("Lab 1", try #require(RoomName("lab"))),
            .init("lab@rooms.test", try #require(RoomName("lab"))),
        ])
        return RoomResolver(
            rules: RoomRules(rules, slug: slug, property: "X-Room", fixed: ["fixed"]),
            catalogue: RoomCatalogue(aliases: aliases),
            baseURLs: [try #require(JitsiBaseURL("https://meet.example.org/"))])
    }
}
