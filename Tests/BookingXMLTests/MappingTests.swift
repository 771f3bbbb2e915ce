import BookingXML
import ICalendar
import Testing

@Suite("XML by mapping")
struct MappingTests {
    private static let fields: [MappedField: String] = [
        .uid: "@id", .room: "where", .start: "from", .end: "to", .title: "what",
    ]

    private static func plain() throws -> XMLMapping { try .of("/plan/entry", fields) }

    private static func entry(_ id: String, _ more: String = "<where>Blue</where>") -> String {
        "<entry id='\(id)'>\(more)<from>2026-12-08T10:00:00</from><to>2026-12-08T11:00:00</to></entry>"
    }

    @Test("A record is a booking, with what its fields find")
    func plain() throws {
        let reading = Reading(
            """
            <plan>
              <entry id="7">
                <what>Budget &amp; <b>plans</b><!-- 2027 --> too</what>
                <where> Blue
                room </where>
                <from>2026-12-08T10:00:00+01:00</from>
                <to>2026-12-08T11:00:00+01:00</to>
              </entry>
            </plan>
            """, mappings: [try Self.plain()])
        #expect(reading.codes.isEmpty)
        #expect(reading.result.dialect == .mapped)
        #expect(reading.result.mapping == "test")
        #expect(reading.result.isAccepted)
        let booking = try #require(reading.bookings.first)
        #expect(booking.event.uid == "7")
        #expect(booking.event.line == 2)
        #expect(booking.event.summary == "Budget & plans too")
        #expect(booking.rooms == ["Blue\n    room"])
        #expect(text(booking.event.start) == "20261208T090000Z")
        #expect(text(booking.event.end) == "20261208T100000Z")
    }

    @Test("Names count with their namespace, not with their prefix")
    func namespaces() throws {
        let mapping = try XMLMapping.of(
            "/p:plan/p:entry", [.room: "@q:where", .start: "p:from", .end: "p:to"],
            namespaces: ["p": "urn:x?a=1&b=2", "q": "urn:y"])
        let reading = Reading(
            """
            <plan xmlns="urn:x?a=1&amp;b=2" xmlns:z="urn:y"><entry z:where="a" where="b"><from xmlns="urn:other">x</from>\
            <from>2026-12-08</from><to>2026-12-09</to></entry><entry xmlns="urn:other"/></plan>
            """, mappings: [mapping])
        #expect(reading.codes.isEmpty)
        #expect(reading.bookings.map(\.rooms) == [["a"]])
        #expect(Reading("<plan/>", mappings: [mapping]).codes == ["XML003"])
    }

    @Test("The first mapping for a root reads it, before the dialect that is built in")
    func order() throws {
        let root = "/n:bookings/n:booking"
        let fields: [MappedField: String] = [.room: "n:room", .start: "n:start", .end: "n:end"]
        let ours = ["n": "urn:bookwatch:bookings:1"]
        let first = try XMLMapping.of(root, fields.merging([.title: "'first'"]) { $1 }, namespaces: ours)
        let second = try XMLMapping.of(root, fields.merging([.title: "'second'"]) { $1 }, namespaces: ours)
        let other = try Self.plain()
        let native = try Samples.file("native-xml", "week.xml")
        let reading = try Reading(file: native, mappings: [other, first, second])
        #expect(reading.result.dialect == .mapped)
        #expect(Set(reading.bookings.map(\.event.summary)) == ["first"])
        #expect(try Reading(file: native, mappings: [other]).result.dialect == .native)
    }

    @Test("A record may give several bookings, which see what is around them")
    func fanOut() throws {
        let mapping = try XMLMapping.of(
            "/plan/day/entry",
            [
                .uid: "concat(../@id, '-', position(), '/', last())", .room: "@name",
                .start: "concat(../../@date, 'T', ../@at)", .duration: "../@for", .title: "/plan/@title",
            ], each: "space[not(@out)]")
        let reading = Reading(
            """
            <plan title="Term">
            <day date="2026-12-08">
            <entry id="1" at="10:00" for="PT1H"><space name="a"/><space name="b" out="1"/>
            <space name="c"/></entry>
            <entry id="2" at="12:00" for="PT1H"/>
            </day>
            <other><entry id="3" at="12:00" for="PT1H"><space name="a"/></entry></other>
            <day date="2026-12-09"><x><entry/></x><entry id="4" at="10:00" for="PT2H"><space name="a"/></entry></day>
            </plan>
            """, mappings: [mapping])
        #expect(reading.codes.isEmpty)
        #expect(reading.bookings.map(\.event.uid) == ["1-1/2", "1-2/2", "4-1/1"])
        #expect(reading.bookings.map(\.rooms) == [["a"], ["c"], ["a"]])
        #expect(reading.bookings.map(\.event.line) == [3, 4, 8])
        #expect(
            reading.bookings.map { text($0.event.start) } == ["20261208T100000", "20261208T100000", "20261209T100000"])
        #expect(reading.bookings.allSatisfy { $0.event.summary == "Term" })
    }

    @Test("Several nodes are several rooms, attendees or exceptions; of other fields the first one counts")
    func lists() throws {
        let mapping = try XMLMapping.of(
            "/plan/entry",
            [
                .room: "where", .start: "from", .end: "to", .attendee: "with", .title: "what", .repeat: "rule",
                .except: "but",
            ])
        let reading = Reading(
            """
            <plan><entry><where>a</where><where/><where>b</where><with>x@y.example</with><with>z@y.example</with>\
            <what>1</what><what>2</what><rule>FREQ=DAILY;COUNT=3</rule><but>2026-12-09</but><but>2026-12-10</but>\
            <from>2026-12-08</from><to>2026-12-09</to></entry></plan>
            """, mappings: [mapping])
        let booking = try #require(reading.bookings.first)
        #expect(booking.rooms == ["a", "b"])
        #expect(booking.event.attendees.map(\.address) == ["x@y.example", "z@y.example"])
        #expect(booking.event.summary == "1")
        #expect(booking.event.rules.map(\.description) == ["FREQ=DAILY;COUNT=3"])
        #expect(booking.event.exceptionDates.map { text($0) } == ["20261209", "20261210"])
    }

    @Test("What is missing or unreadable costs its row, with the line")
    func faults() throws {
        let mapping = try XMLMapping.of(
            "/plan/entry",
            [
                .uid: "@id", .room: "where", .start: "from", .end: "to", .status: "is", .revision: "rev",
                .modified: "mod", .repeat: "rule",
            ])
        let reading = Reading(
            """
            <plan>
            <entry id="a"><from>2026-12-08</from><to>2026-12-09</to></entry>
            <entry id="b"><where>w</where><to>2026-12-09</to></entry>
            <entry id="c"><where>w</where><from>2026-12-08</from></entry>
            <entry id="d"><where>w</where><from>tomorrow</from><to>2026-12-09</to></entry>
            <entry id="e"><where>w</where><from>2026-12-08</from>
            <to>2026-12-09T10:00:00</to></entry>
            <entry id="f"><where>w</where><from>2026-12-08</from><to>2026-12-09</to>
            <is>held</is></entry>
            <entry id="g"><where>w</where><from>2026-12-08</from><to>2026-12-09</to><rev>-1</rev></entry>
            <entry id="h"><where>w</where><from>2026-12-08</from><to>2026-12-09</to><rule>DAILY</rule></entry>
            <entry><where>w</where><from>2026-12-08</from><to>2026-12-09</to>
            <mod>then</mod><is>tentative</is></entry>
            </plan>
            """, mappings: [mapping])
        #expect(reading.result.isAccepted)
        #expect(reading.rejections.map(\.uid) == ["a", "b", "c", "d", "e", "f", "g", "h"])
        let found = reading.rejections.flatMap(\.diagnostics)
        #expect(found.map(\.line) == [2, 3, 4, 5, 6, 9, 10, 11])
        #expect(
            found.map(\.code.rawValue)
                == ["XML004", "XML004", "XML004", "XML005", "XML005", "XML005", "XML005", "ICS011"])
        #expect(reading.bookings.map(\.event.status) == [.tentative])
        #expect(reading.bookings.flatMap(\.diagnostics).map(\.code.rawValue) == ["XML004", "XML005"])
        #expect(reading.bookings.flatMap(\.diagnostics).map(\.line) == [12, 13])
    }

    @Test("A table says what texts stand for; what it does not have is rejected, kept, or something else")
    func maps() throws {
        func statuses(_ missing: ValueMap.Missing) throws -> [String] {
            let mapping = try XMLMapping.of(
                "/plan/entry", [.uid: "@id", .room: "where", .start: "from", .end: "to", .status: "@is"]
            ) {
                $0[.status].map = try ValueMap(["98": "cancelled", "none": ""], missing: missing)
                $0[.status].fallback = "tentative"
            }
            let entries = ["98", "tentative", "5", "", "none"].map { is_ in
                Self.entry(is_).replacing("<entry", with: "<entry is='\(is_)'")
            }
            return Reading("<plan>\(entries.joined())</plan>", mappings: [mapping]).items.map { item in
                guard case .booking(let booking) = item else { return "rejected" }
                return booking.event.status?.rawValue ?? "-"
            }
        }
        #expect(try statuses(.reject) == ["CANCELLED", "rejected", "rejected", "TENTATIVE", "-"])
        #expect(try statuses(.keep) == ["CANCELLED", "TENTATIVE", "rejected", "TENTATIVE", "-"])
        #expect(
            try statuses(.otherwise("confirmed")) == ["CANCELLED", "CONFIRMED", "CONFIRMED", "TENTATIVE", "-"])
    }

    @Test("Local times stand in the zone of their row, else of the mapping, which the file carries")
    func zones() throws {
        var fields = Self.fields
        fields[.zone] = "@zone"
        let mapping = try XMLMapping.of("/plan/entry", fields, zone: "America/Los_Angeles", mode: .changes)
        let reading = Reading(
            "<plan>\(Self.entry("a"))\(Self.entry("b").replacing("<entry", with: "<entry zone='Asia/Tokyo'"))</plan>",
            mappings: [mapping])
        #expect(
            reading.bookings.map { text($0.event.start) } == [
                "20261208T100000", "TZID=Asia/Tokyo:20261208T100000",
            ])
        #expect(reading.result.defaultZone == "America/Los_Angeles")
        #expect(reading.result.mode == .changes)
    }

    @Test("A mapped file counts as a whole or not at all")
    func endings() throws {
        let mapping = try Self.plain()
        let whole = "<plan>\(Self.entry("a"))</plan>"
        #expect(Reading(whole, mappings: [mapping]).codes.isEmpty)
        #expect(Reading(String(whole.dropLast()), mappings: [mapping]).codes == ["SRC003"])
        #expect(Reading(whole + "x", mappings: [mapping]).codes == ["XML001"])
        #expect(Reading("<!DOCTYPE p [<!ENTITY a 'b'>]>\(whole)", mappings: [mapping]).codes == ["XML002"])
        #expect(Reading("<plan/>", mappings: [mapping]).result.isAccepted)
    }

    @Test("However the file is cut into pieces, the same comes out", arguments: [1, 2, 3, 7, 64, 1_000])
    func pieces(size: Int) throws {
        let mapping = try XMLMapping.of("/plan/entry", Self.fields, each: "self::*[where] | where")
        let text = "<plan>" + (0..<40).map { Self.entry("\($0)&amp;") }.joined(separator: "\n") + "</plan>"
        let whole = Reading(text, mappings: [mapping])
        #expect(whole.bookings.count == 40)
        #expect(whole.rejections.count == 40)
        #expect(Reading(Array(text.utf8), piecesOf: size, mappings: [mapping]).items == whole.items)
    }
}
