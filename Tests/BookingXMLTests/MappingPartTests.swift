import BookingXML
import ICalendar
import Testing

@Suite("The parts of a mapping are checked when it is loaded")
struct MappingPartTests {
    private static let namespaces = ["a": "urn:a"]

    @Test(
        "An XPath that can be evaluated is taken, and gives nodes or not",
        arguments: [
            ("a:b/@c", true), ("..", true), ("self::node()[text()]", true), ("b[position() = last()]/c | d", true),
            ("concat(b, ' (', c, ') $x y:z(')", false), ("count(b) > 1 and (c or not(d))", false), ("-1.5", false),
            ("substring-after(normalize-space(), ':')", false), ("b-c/d.e", true), ("a:*[@a:*]", true),
            ("translate(b, \"'\", '')", false), ("6 div (3 mod 2)", false), ("ancestor::a:b[1]", true),
        ])
    func goodXPath(text: String, isNodes: Bool) throws {
        #expect(try XPathExpression(text, MappingNamespaces(Self.namespaces)).isNodes == isNodes)
    }

    @Test(
        "What cannot be evaluated is told before a file comes that it meets",
        arguments: [
            ("", "empty"), ("b[", "no expression"), ("b]", "not open"), ("b/", "no expression of XPath 1.0, at byte 2"),
            ("1 +", "no expression"), ("b[1", "predicate is not complete"),
            ("c:b", "the prefix c is not"), ("b[c:d]", "the prefix c is not"), ("b[c:*]", "the prefix c is not"),
            ("b[matches(c, 'x')]", "no function matches()"), ("b[a:f()]", "no function a:f()"),
            ("b[contains(c)]", "contains() cannot have 1 argument"), ("b[true(1)]", "true() cannot have 1"),
            ("b[concat(c)]", "concat() cannot have 1"), ("b[substring(c, 1, 2, 3)]", "substring() cannot have 4"),
            ("$b", "no variables"), ("b['c]", "does not end"), ("count('b')", "wrong type"),
            (String(repeating: "(", count: 33) + "b" + String(repeating: ")", count: 33), "too deep"),
            ("'" + String(repeating: "b", count: 2_000) + "'", "2000 bytes"), ("beside::b", "no expression"),
        ])
    func badXPath(text: String, reason: String) throws {
        let namespaces = try MappingNamespaces(Self.namespaces)
        let fault = try #require(throws: MappingFault.self) { try XPathExpression(text, namespaces) }
        #expect(fault.message.contains(reason), "\(fault.message)")
    }

    @Test(
        "A record's path is child steps from the root",
        arguments: [
            ("/b/c", nil), ("/a:b/c/d", nil), ("/b", "no path"), ("b/c", "no path"),
            ("/b//c", "searches the whole file"),
            ("//b", "such as /bookings/booking"), ("/b/*", "has a *"), ("/b/c[1]", "a condition in brackets"),
            ("/b/c:d", "the prefix c"), ("/b/@c", "an attribute"), ("/b/c/text()", "has a function"),
            ("/b/c/", "no name"), ("/" + Array(repeating: "b", count: 64).joined(separator: "/"), "too long"),
        ] as [(String, String?)])
    func path(text: String, reason: String?) throws {
        let namespaces = try MappingNamespaces(Self.namespaces)
        do throws(MappingFault) {
            _ = try MappedName.path(text, namespaces)
            #expect(reason == nil)
        } catch {
            #expect(reason.map { error.message.contains($0) } == true, "\(error.message)")
        }
    }

    @Test(
        "A prefix is a name of its own that stands for something", arguments: ["", "1", "a b", "xml", "xmlns", "a:b"])
    func prefixes(prefix: String) {
        #expect(throws: MappingFault.self) { try MappingNamespaces([prefix: "urn:x"]) }
        #expect(throws: MappingFault.self) { try MappingNamespaces(["a": ""]) }
    }

    @Test("A mapping says what a booking must say")
    func whole() throws {
        let all: [MappedField: String] = [.room: "r", .start: "s", .end: "e"]
        func isUsable(_ change: (inout [MappedField: String]) -> Void, each: String? = nil) -> Bool {
            var fields = all
            change(&fields)
            return (try? XMLMapping.of("/a/b", fields, each: each)) != nil
        }
        #expect(isUsable { _ in })
        #expect(
            isUsable { fields in
                fields[.end] = nil
                fields[.duration] = "d"
            })
        #expect(!isUsable { $0[.room] = nil })
        #expect(!isUsable { $0[.start] = nil })
        #expect(!isUsable { $0[.end] = nil })
        #expect(!isUsable { $0[.duration] = "d" })
        #expect(!isUsable { $0[.except] = "x" })
        #expect(!isUsable({ _ in }, each: "count(x)"))
        #expect(throws: MappingFault.self) {
            let none = MappingNamespaces.none
            let path = try MappedName.path("/a/b", none)
            let rules = try all.map { FieldRule($0.key, try XPathExpression($0.value, none)) }
            return try XMLMapping(
                name: "x", root: try MappedName("other", none), path: path, namespaces: none, rules: rules)
        }
    }

    @Test(
        "Times are read as their format says",
        arguments: [
            ("MM/dd/yyyy H:mm", "12/13/2010 8:00", "20101213T080000"),
            ("MM/dd/yyyy H:mm", "12/13/2010 18:05", "20101213T180500"),
            ("MM/dd/yyyy H:mm", "13/12/2010 8:00", nil), ("MM/dd/yyyy H:mm", "12/13/2010", nil),
            ("MM/dd/yyyy H:mm", "12/13/2010 8:00h", nil), ("MM/dd/yyyy H:mm", "1/13/2010 8:00", nil),
            ("d.M.yyyy", "8.12.2026", "20261208"), ("d.M.yyyy", "31.2.2026", nil), ("d.M.yy", "8.12.26", "20261208"),
            ("yyyyMMddHHmm", "202612080915", "20261208T091500"), ("yyyyMMddHHmm", "202612082415", nil),
            ("yyyy-MM-dd'T'HH:mm:ssX", "2026-12-08T09:00:00+0100", "20261208T080000Z"),
            ("yyyy-MM-dd'T'HH:mm:ssX", "2026-12-08T09:00:00", nil),
            ("M/d/yyyy h:mm a", "1/2/2026 12:30 AM", "20260102T003000"),
            ("M/d/yyyy h:mm a", "1/2/2026 12:30 pm", "20260102T123000"),
            ("M/d/yyyy h:mm a", "1/2/2026 13:30 pm", nil), ("M/d/yyyy h:mm a", "1/2/2026 1:30 xm", nil),
            ("yyyy 'o''clock' MM dd", "2026 o'clock 12 08", nil), ("yyyy 'year' MM dd", "2026 year 12 08", "20261208"),
            ("''yyyy-MM-dd", "'2026-12-08", "20261208"), ("iso8601", "2026-12-08T09:00:00.000", "20261208T090000"),
        ] as [(String, String, String?)])
    func times(format: String, written: String, expected: String?) throws {
        let mapping = try XMLMapping.of("/p/e", [.room: "'r'", .start: "@at", .duration: "'P1D'"]) {
            guard format != "yyyy 'o''clock' MM dd" else { return }
            $0[.start].timeFormats = [try TimeFormat(format)]
        }
        let reading = Reading("<p><e at=\"\(written)\"/></p>", mappings: [mapping])
        #expect(reading.bookings.map { text($0.event.start) } == [expected].compactMap(\.self))
        #expect(reading.rejections.count == (expected == nil ? 1 : 0))
    }

    @Test("The first format that fits counts")
    func formats() throws {
        let mapping = try XMLMapping.of("/p/e", [.room: "'r'", .start: "@at", .duration: "@for"]) {
            $0[.start].timeFormats = [try TimeFormat("dd.MM.yyyy"), try TimeFormat("iso8601")]
            $0[.duration].durationFormats = [.clock, .minutes]
        }
        let reading = Reading(
            "<p><e at='08.12.2026' for='1:30'/><e at='2026-12-09' for='45'/><e at='9 Dec' for='45'/></p>",
            mappings: [mapping])
        #expect(reading.bookings.map { text($0.event.start) } == ["20261208", "20261209"])
        #expect(reading.bookings.map { $0.event.duration?.seconds } == [5_400, 2_700])
        #expect(
            reading.rejections.flatMap(\.diagnostics).map(\.message) == [
                #"start is "9 Dec": no date or time of the form dd.MM.yyyy or iso8601"#
            ])
    }

    @Test("Lengths are read as their format says")
    func lengths() throws {
        func seconds(_ format: DurationFormat?, _ text: String) throws -> Int? {
            let mapping = try XMLMapping.of("/p/e", [.room: "'r'", .start: "'2026-12-08T10:00'", .duration: "@for"]) {
                $0[.duration].durationFormats = [format].compactMap(\.self)
            }
            return Reading("<p><e for='\(text)'/></p>", mappings: [mapping]).bookings.first?.event.duration?.seconds
        }
        #expect(try seconds(nil, "PT1H30M") == 5_400)
        #expect(try seconds(nil, "90") == nil)
        #expect(try seconds(.seconds, "90") == 90)
        #expect(try seconds(.minutes, "90") == 5_400)
        #expect(try seconds(.minutes, "1.5") == nil)
        #expect(try seconds(.clock, "01:30") == 5_400)
        #expect(try seconds(.clock, "1:75") == nil)
    }

    @Test(
        "A format that leaves the day or the hour open is refused",
        arguments: [
            "", "yyyy-MM", "HH:mm", "yyyy-MM-dd mm", "yyyy-MM-dd h:mm", "yyyy-MM-dd H:mm a", "yyyy-MM-dd HH h a",
            "yyy-MM-dd", "yyyy-MMM-dd", "yyyy-MM-dd'T", "yyyy-MM-ddTHH:mm", "yyyy-MM-dd yyyy",
            String(repeating: "-", count: 100) + "yyyyMMdd",
        ])
    func badFormats(text: String) {
        #expect(throws: MappingFault.self) { try TimeFormat(text) }
    }

    @Test("A trial on a file of another vocabulary is refused, though a dialect reads it")
    func otherRoot() throws {
        let mapping = try XMLMapping.of("/plan/entry", [.room: "where", .start: "from", .end: "to"])
        let booking = """
            <booking id="x"><room>r</room><start>2026-12-08T10:00:00Z</start><duration>PT1H</duration></booking>
            """
        let file = Array("<bookings xmlns='urn:bookwatch:bookings:1'>\(booking)</bookings>".utf8)
        let trial = MappingTrial(mapping, on: file.span, shown: 5)
        #expect(trial.bookings == 0)
        #expect(!trial.reading.isAccepted)
        #expect(trial.reading.diagnostics.map(\.code.rawValue) == ["XML003"])
    }
}
