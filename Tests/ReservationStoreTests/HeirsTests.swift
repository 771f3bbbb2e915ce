import Testing

@testable import ReservationStore

@Suite("To which source the exports of a former one belong")
struct HeirsTests {
    @Test(
        "The innermost source whose directory an export lies in, byte by byte",
        arguments: [
            ("/a", "x.ics", ["now": "/a"], "now:x.ics"),
            ("/a", "hr/x.ics", ["now": "/a/"], "now:hr/x.ics"),
            ("/a", "x.ics", ["all": "/"], "all:a/x.ics"),
            ("/a", "hr/x.ics", ["all": "/", "team": "/a", "hr": "/a/hr"], "hr:x.ics"),
            ("/a", "x.ics", ["hr": "/a/hr"], nil),
            ("/a", "x.ics", ["ab": "/ab", "b": "/b"], nil),
            ("/ab", "x.ics", ["a": "/a"], nil),
            ("/a", "x.ics", ["second": "/a", "first": "/a"], "first:x.ics"),
            ("/caf\u{E9}", "x.ics", ["now": "/cafe\u{301}"], nil),
        ] as [(String, String, [String: String], String?)])
    func table(former: String, path: String, directories: [String: String], heir: String?) {
        let name = Heirs(directories).export(at: path, in: former)
        #expect(name.map { "\($0.source):\($0.path)" } == heir)
    }

    @Test(
        "All that a source was has an heir where its whole directory has",
        arguments: [("/a", ["now": "/a"], "now"), ("/a/b", ["a": "/a"], "a"), ("/a", ["b": "/a/b"], nil)]
            as [(String, [String: String], String?)])
    func whole(former: String, directories: [String: String], heir: String?) {
        #expect(Heirs(directories).source(of: former) == heir)
    }
}
