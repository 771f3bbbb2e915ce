import Reservations
import Testing

@Suite("Meeting URLs")
struct MeetingURLTests {
    @Test(
        "The room is the last segment below the base, its tenant the one before",
        arguments: [
            ("https://meet.example.org/Board", "board"),
            ("https://meet.example.org/Board/", "board"),
            ("https://meet.example.org//Board", "board"),
            ("HTTPS://Meet.Example.ORG/Board", "board"),
            ("http://meet.example.org/Board", "board"),
            ("https://meet.example.org:443/Board", "board"),
            ("https://ann:secret@meet.example.org/Board", "board"),
            ("https://meet.example.org/Board#config.startWithAudioMuted=true", "board"),
            ("https://meet.example.org/Board?jwt=abc/def", "board"),
            ("https://meet.example.org/Sales/Demo", "[sales]demo"),
            ("https://meet.example.org/Sales.EU/Demo", "[sales_eu]demo"),
            ("https://meet.example.org/x/Sales/Demo", "[sales]demo"),
            ("https://meet.example.org/R%C3%A9union", "r%c3%a9union"),
            ("https://meet.example.org/Réunion", "r%c3%a9union"),
            ("https://meet.example.org/Room,%20the+2nd('a')", "room%20the2nda"),
            ("https://meet.example.org/a%2Fb", "a%2fb"),
            ("https://video.example.com:8443/jitsi/Board", "board"),
            ("https://video.example.com:8443/jitsi/sales/Board", "[sales]board"),
        ])
    func roomOfURL(url: String, room: String) throws {
        #expect(RoomName(url: url, baseURLs: try bases())?.text == room)
    }

    @Test(
        "A URL elsewhere, or no further than the base, is no room",
        arguments: [
            "https://meet.example.org", "https://meet.example.org/", "https://meet.example.org/?room=a",
            "https://meet.example.org.evil.test/Board", "https://evil.test/meet.example.org/Board",
            "https://meet.example.org:8443/Board", "https://video.example.com:8443/Board",
            "https://video.example.com/jitsi/Board", "https://meet.example.org@evil.test/Board",
            "https://meet.example.org/static/dialInInfo.html?room=Board", "meet.example.org/Board", "tel:+49-30-1234",
            "https://meet.example.org/%00", "https://meet.example.org/@@@", "",
        ])
    func noRoom(url: String) throws {
        #expect(RoomName(url: url, baseURLs: try bases()) == nil)
    }

    @Test("A base URL is absolute", arguments: ["meet.example.org", "ftp://a.test", "https://", "/jitsi", ""])
    func badBase(text: String) {
        #expect(JitsiBaseURL(text) == nil)
    }

    private func bases() throws -> [JitsiBaseURL] {
        [
            try #require(JitsiBaseURL("https://meet.example.org")),
            try #require(JitsiBaseURL("https://video.example.com:8443/jitsi/")),
        ]
    }
}
