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
        "A new name is that of a source that is new in a directory that was one source's alone",
        arguments: [
            (["a": "/a"], ["now": "/a"], ["a": "now"]), (["a": "/a"], ["now": "/a/"], ["a": "now"]),
            (["a": "/a"], ["old": "/a"], [:]), (["a": "/a", "b": "/a"], ["now": "/a"], [:]),
            (["a": "/a", "b": "/a/b"], ["now": "/a"], [:]), (["a": "/a/b"], ["now": "/a"], [:]),
            (["a": "/a"], ["now": "/a/b"], [:]), (["a": "/a"], ["now": "/a", "hr": "/a/hr"], [:]),
        ] as [([String: String], [String: String], [String: String])])
    func names(former: [String: String], directories: [String: String], names: [String: String]) {
        let places = former.map { FormerSource(source: $0.key, directory: $0.value) }
        let named = Heirs(directories).naming(places) { $0 != "old" }
        let found = named.compactMap { place in place.newName.map { (place.source, $0) } }
        #expect(Dictionary(uniqueKeysWithValues: found) == names)
    }
}
