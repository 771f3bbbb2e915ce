import BookingXML
import Foundation
import ICalendar
import Testing

@Suite("The native vocabulary")
struct NativeTests {
    private func export(_ booking: String, root: String = "") -> Reading {
        Reading("<bookings xmlns=\"urn:bookwatch:bookings:1\"\(root)>\n\(booking)\n</bookings>")
    }

    @Test("A booking gives all that it says")
    func everything() throws {
        let reading = try Reading(file: Samples.file("native-xml", "week.xml"))
        #expect(reading.result.isAccepted)
        #expect(reading.result.dialect == .native)
        #expect(reading.result.sourceName == "facilities")
        #expect(reading.result.defaultZone == "Europe/Berlin")
        #expect(reading.result.mode == .snapshot)
        #expect(reading.codes.isEmpty)
        #expect(reading.bookings.map(\.event.uid) == ["fac-101", "fac-102", "fac-103", "fac-104"])
        #expect(reading.bookings.map(\.event.line) == [3, 10, 18, 24])
        #expect(reading.bookings[0].event.sequence == 1)
        #expect(reading.bookings[0].event.organizer == CalendarUser(address: "ada@example.org"))
        #expect(reading.bookings[0].event.summary == "Budget, second reading")
        #expect(reading.bookings[1].rooms == ["Blue room", "Green room"])
        #expect(reading.bookings[1].event.status == .tentative)
        #expect(
            reading.bookings[1].settings == XMLSettings(maxOccupants: "12", lobby: "true", password: "open sesame"))
        #expect(reading.bookings[2].event.summary == "All hands & questions")
    }

    @Test("Times are days, instants, or on the wall of a zone")
    func times() throws {
        let bookings = try Reading(file: Samples.file("native-xml", "week.xml")).bookings
        #expect(
            bookings.map { text($0.event.start) } == [
                "TZID=Europe/Berlin:20261208T100000", "TZID=America/New_York:20261208T090000", "20261209T080000Z",
                "20261210",
            ])
        #expect(
            bookings.map { text($0.event.end) } == [
                "TZID=Europe/Berlin:20261208T113000", "none", "20261209T090000Z", "20261212",
            ])
        #expect(bookings[1].event.duration == CalendarDuration(seconds: 2_700))
    }

    @Test("Without any zone a local time floats")
    func floating() {
        let reading = export(
            #"<booking id="a"><room>r</room><start>2026-12-08T10:00:00</start><duration>P1W</duration></booking>"#)
        #expect(reading.bookings.map { text($0.event.start) } == ["20261208T100000"])
        #expect(reading.bookings.map(\.event.duration) == [CalendarDuration(days: 7)])
    }

    @Test("A series has its rule, and an override names the occurrence that it replaces")
    func series() throws {
        let bookings = try Reading(file: Samples.file("native-xml", "series.xml")).bookings
        let rule = try RecurrenceRule("FREQ=WEEKLY;BYDAY=TU;COUNT=10".utf8)
        #expect(bookings.map(\.event.uid) == ["team-7", "team-7", "team-7"])
        #expect(bookings[0].event.rules == [rule])
        #expect(bookings[0].event.exceptionDates.map(text) == ["TZID=Europe/Berlin:20261229T100000"])
        #expect(bookings[0].event.recurrenceDates.map { text($0.start) } == ["TZID=Europe/Berlin:20261230T100000"])
        #expect(bookings[0].event.recurrenceID == nil)
        #expect(text(bookings[1].event.recurrenceID) == "TZID=Europe/Berlin:20261208T100000")
        #expect(bookings[2].event.status == .cancelled)
    }

    @Test("Changes leave what is absent in force, and so does a mode that nobody knows")
    func modes() throws {
        #expect(try Reading(file: Samples.file("native-xml", "changes.xml")).result.mode == .changes)
        #expect(export("", root: #" mode="snapshot""#).result.mode == .snapshot)
        let unknown = export("", root: #" mode="delta""#)
        #expect(unknown.result.mode == .changes)
        #expect(unknown.codes == ["XML005"])
    }

    @Test(
        "A password that is not in its attribute rejects the booking (BKG013)",
        arguments: [
            "<settings><password>open sesame</password></settings>", "<password>open sesame</password>",
            "<pasword>open sesame</pasword>", "<pwd>open sesame</pwd>",
            "<settings pasword='open sesame'/>", "<settings seats='9'/>",
            "<settings lobby='true'/><settings password='open sesame'/>",
            "<settings xmlns:b='urn:bookwatch:bookings:1' b:password='open sesame'/>",
            "<settings><pasword>open sesame</pasword></settings>", "<Password>open sesame</Password>",
            "<settings lobby='true'/><settings pasword='open sesame'/>", "<title PASSWD='open sesame'>t</title>",
            "<settings>open sesame</settings>", "<settings lobby='true'>password: open sesame</settings>",
        ]
    )
    func lostPassword(settings: String) {
        let reading = export(
            """
            <booking id="a"><room>r</room><start>2026-12-08T10:00:00</start><duration>PT1H</duration>\(settings)</booking>
            """)
        #expect(reading.bookings.isEmpty)
        #expect(reading.rejections.map(\.uid) == ["a"])
        #expect(reading.codes.contains("BKG013"))
        #expect(!"\(reading)".contains("sesame"))
    }

    @Test("So does a password of the root, but for bookings that have their own")
    func passwordOfRoot() {
        let reading = export(
            """
            <booking id="a"><room>r</room><start>2026-12-08T10:00:00</start><duration>PT1H</duration></booking>
            <booking id="b"><room>r</room><start>2026-12-08T10:00:00</start><duration>PT1H</duration>\
            <settings password="mine"/></booking>
            """, root: #" password="open sesame""#)
        #expect(reading.bookings.map(\.event.uid) == ["b"])
        #expect(reading.rejections.map(\.uid) == ["a"])
        #expect(reading.codes == ["XML008", "BKG013"])
        #expect(!"\(reading)".contains("sesame"))
    }

    @Test(
        "So does a misspelt attribute of the booking", arguments: ["pasword", "PASSWORD", "passwrd", "pwd", "password"])
    func lostAttribute(name: String) {
        let reading = export(
            """
            <booking id="a" \(name)="open sesame"><room>r</room><start>2026-12-08T10:00:00</start>\
            <duration>PT1H</duration></booking>
            <booking id="b" \(name)=""><room>r</room><start>2026-12-08T10:00:00</start>\
            <duration>PT1H</duration></booking>
            """)
        #expect(reading.bookings.map(\.event.uid) == ["b"])
        #expect(reading.rejections.map(\.uid) == ["a"])
        #expect(reading.codes.contains("BKG013"))
        #expect(!"\(reading)".contains("sesame"))
    }

    @Test("Text between elements is told with the line of the next one (XML008)", arguments: [1 << 14, 1])
    func strayText(size: Int) {
        let booking = """
            <booking id="a"><room>r</room><start>2026-12-08T10:00:00</start><duration>PT1H</duration></booking>
            """
        let text = "<bookings xmlns='urn:bookwatch:bookings:1'>\n\(booking) some text \n\(booking)\n more </bookings>"
        let reading = Reading(Array(text.utf8), piecesOf: size)
        #expect(reading.bookings.count == 2)
        #expect(reading.result.diagnostics.map(\.code) == [.notValid, .notValid])
        #expect(reading.result.diagnostics.map(\.line) == [3, 1])
    }

    @Test("An element in settings departs from the schema (XML008), whatever it is")
    func elementInSettings() {
        let reading = export(
            """
            <booking id="a"><room>r</room><start>2026-12-08T10:00:00</start><duration>PT1H</duration>
            <settings password="open sesame"><password>other</password></settings></booking>
            """)
        #expect(reading.bookings.map(\.settings.password) == ["open sesame"])
        #expect(reading.codes == ["XML008"])
    }

    @Test("Latin-1 is read as it is declared")
    func latin1() throws {
        let bookings = try Reading(file: Samples.file("native-xml", "changes.xml")).bookings
        #expect(bookings.first?.rooms == ["Großes Büro"])
        #expect(bookings.first?.event.summary == "Vorstellungsgespräch")
    }

    @Test("White space around and inside names does not count")
    func tokens() {
        let reading = export(
            """
            <booking id=" a "><room>
              Blue
              room </room><start> 2026-12-08T10:00:00Z
              </start><duration> PT1H </duration></booking>
            """)
        #expect(reading.codes.isEmpty)
        #expect(reading.bookings.map(\.event.uid) == ["a"])
        #expect(reading.bookings.map(\.rooms) == [["Blue room"]])
    }

    struct Fault: CustomTestStringConvertible {
        var code: String
        var booking: String
        var testDescription: String { booking }
    }

    private static let end = "<start>2026-12-08T10:00:00Z</start><duration>PT1H</duration>"

    @Test(
        "A bad booking is rejected with its code, its line and its id, and costs nothing else",
        arguments: [
            Fault(code: "XML004", booking: #"<booking id="x">\#(end)</booking>"#),
            Fault(code: "XML004", booking: #"<booking id="x"><room>r</room><duration>PT1H</duration></booking>"#),
            Fault(code: "XML004", booking: #"<booking id="x"><room>r</room><start>2026-12-08</start></booking>"#),
            Fault(code: "XML004", booking: #"<booking id="x"><room>r</room>\#(end)<repeat/></booking>"#),
            Fault(code: "XML004", booking: #"<booking id="x" recurrence-of="x"><room>r</room>\#(end)</booking>"#),
            Fault(code: "XML004", booking: #"<booking id="x" occurrence="2026-12-08"><room>r</room>\#(end)</booking>"#),
            Fault(code: "XML005", booking: #"<booking id="x"><room> </room>\#(end)</booking>"#),
            Fault(code: "XML005", booking: #"<booking id="x" status="canceled"><room>r</room>\#(end)</booking>"#),
            Fault(code: "XML005", booking: #"<booking id="x" revision="-1"><room>r</room>\#(end)</booking>"#),
            Fault(
                code: "XML005",
                booking: #"<booking id="x"><room>r</room><start>2026-02-29</start><duration>P1D</duration></booking>"#),
            Fault(
                code: "XML005",
                booking: #"<booking id="x"><room>r</room><start>2026-12-08</start><duration>P1M</duration></booking>"#),
            Fault(
                code: "XML005",
                booking:
                    #"<booking id="x"><room>r</room><start>2026-12-08</start><end>2026-12-08T10:00:00</end></booking>"#),
            Fault(
                code: "XML005",
                booking: #"<booking id="x" recurrence-of="x" occurrence="2nd"><room>r</room>\#(end)</booking>"#),
            Fault(
                code: "XML005",
                booking:
                    #"<booking id="x" recurrence-of="x" occurrence="2026-12-08"><room>r</room>\#(end)<repeat rule="FREQ=DAILY"/></booking>"#
            ),
            Fault(
                code: "XML005",
                booking:
                    #"<booking id="x"><room>r</room>\#(end)<repeat rule="FREQ=DAILY"><except>soon</except></repeat></booking>"#
            ),
            Fault(code: "ICS011", booking: #"<booking id="x"><room>r</room>\#(end)<repeat rule="daily"/></booking>"#),
            Fault(
                code: "ICS007",
                booking: #"<booking id="x"><room>r</room>\#(end)<end>2026-12-09T10:00:00Z</end></booking>"#),
        ])
    func rejections(fault: Fault) {
        let good = #"<booking id="good"><room>r</room>\#(Self.end)</booking>"#
        let reading = export("\(good)\n\(fault.booking)\n\(good)")
        #expect(reading.result.isAccepted)
        #expect(reading.bookings.map(\.event.uid) == ["good", "good"])
        #expect(reading.rejections.map(\.uid) == ["x"])
        #expect(reading.rejections.map(\.line) == [3])
        let final = reading.rejections.first?.diagnostics.last
        #expect(final?.code.rawValue == fault.code)
        #expect(final?.effect == .bookingRejected)
        #expect(final?.line == 3)
    }

    @Test("A booking without an id is rejected")
    func noID() {
        let reading = export("<booking><room>r</room>\(Self.end)</booking>")
        #expect(reading.rejections.map(\.uid) == [nil])
        #expect(reading.codes == ["XML004"])
    }

    @Test(
        "What only the schema forbids is understood, and noted",
        arguments: [
            #"<booking id="x"><room>r</room><titel>t</titel>\#(end)</booking>"#,
            #"<booking id="x"><title>t</title><room>r</room>\#(end)</booking>"#,
            #"<booking id="x"><room>r</room><title>t</title><title>u</title>\#(end)</booking>"#,
            #"<booking id="x" uid="y"><room>r</room>\#(end)</booking>"#,
            #"<booking id="x"><room>r</room>\#(end)<settings password="x" seats="9"/></booking>"#,
            #"<booking id="x"><room>r</room>\#(end)<repeat rule="FREQ=DAILY"><but>2026-12-09</but></repeat></booking>"#,
        ])
    func notValid(booking: String) {
        let reading = export(booking)
        #expect(reading.codes == ["XML008"])
        #expect(reading.bookings.map(\.event.uid) == ["x"])
    }

    @Test("What is called otherwise than a booking, or has no namespace, is not taken for gone")
    func misnamed() {
        let reading = export(
            """
            <Booking id="a"><room>r</room></Booking><booking xmlns="" id="b"/><note id="c"/><o:x xmlns:o="urn:o" id="d"/>
            <remark/>
            """)
        #expect(reading.rejections.map(\.uid) == ["a", "b", "c"])
        #expect(reading.codes == Array(repeating: "XML008", count: 5))
        #expect(reading.result.isAccepted)
    }

    @Test("An element of another namespace is not one of ours")
    func foreignElements() {
        let reading = export(
            #"<booking id="x" xmlns:o="urn:other"><room>r</room><o:room>no</o:room>\#(Self.end)</booking>"#)
        #expect(reading.bookings.map(\.rooms) == [["r"]])
    }

    @Test("A series that starts at an offset is told not to follow its zone")
    func seriesInUTC() {
        let reading = export(
            #"<booking id="x"><room>r</room>\#(Self.end)<repeat rule="FREQ=DAILY"/></booking>"#,
            root: #" zone="Europe/Berlin""#)
        #expect(reading.codes == ["XML005"])
        #expect(reading.bookings.count == 1)
    }
}
