import ICalendar
import Testing

@Suite("Documents") struct CalendarDocumentTests {
    @Test("A good calendar has no findings and gives its event")
    func good() throws {
        let document = CalendarDocument(event(goodLines, "SUMMARY:Board meeting"))
        #expect(document.allDiagnostics == [])
        #expect(document.isComplete)
        let decoded = try #require(document.decodedEvents.first)
        #expect(decoded.event.uid == "one@example.com")
        #expect(decoded.event.summary == "Board meeting")
        #expect(decoded.event.line == 4)
        #expect(!decoded.isRejected)
    }

    @Test("CRLF, LF, CR and CR CR LF end lines alike", arguments: ["\r\n", "\n", "\r", "\r\r\n"])
    func lineEnds(end: String) throws {
        let text = event(goodLines, "SUMMARY:A long\n  summary").replacing("\r\n", with: end)
        let document = CalendarDocument(text)
        #expect(document.allDiagnostics == [])
        let decoded = try #require(document.decodedEvents.first)
        #expect(decoded.event.summary == "A long summary")
        #expect(decoded.component.properties(named: "summary").map(\.line) == [8])
    }

    @Test("A last line without its line end is read", arguments: ["\r\n", "\n", "\r"])
    func noLastLineEnd(end: String) {
        let text = event(goodLines).replacing("\r\n", with: end)
        let document = CalendarDocument(String(text.dropLast()))
        #expect(document.isComplete)
        #expect(document.decodedEvents.count == 1)
        #expect(document.allDiagnostics == [])
    }

    @Test("A fold inside a character, a name, a parameter or a quoted string is undone")
    func folds() throws {
        let body = event(goodLines, "SUMMARY:caf#é", "LOCA#TION;X-A=\"a:#b\";X-B#=c:Ro#om")
        // The fold goes between the two bytes of é.
        var bytes: [UInt8] = []
        var foldsNext = false
        for byte in body.utf8 {
            if byte == UInt8(ascii: "#") {
                foldsNext = true
                continue
            }
            bytes.append(byte)
            if foldsNext {
                bytes += Array("\r\n ".utf8)
                foldsNext = false
            }
        }
        let document = CalendarDocument(bytes)
        #expect(document.allDiagnostics == [])
        let decoded = try #require(document.decodedEvents.first)
        #expect(decoded.event.summary == "café")
        #expect(decoded.event.location == "Room")
        let location = try #require(decoded.component.first(.location))
        #expect(
            location.parameters == [
                PropertyParameter(name: "X-A", values: ["a:b"]), PropertyParameter(name: "X-B", values: ["c"]),
            ])
    }

    @Test(
        "Lines of any length keep name, parameters and value, folded or not",
        arguments: [200, 338, 339, 340, 341, 8_178, 8_179, 8_180, 8_181, 70_000],
        [
            "", "\r\n ", "\n\t", "\r\r\n\r\n ",
        ])
    func lengths(length: Int, fold: String) throws {
        let word = String(repeating: "x", count: length - 100)
        let value = String(repeating: "y", count: length)
        let text = event(
            goodLines, "X-A;X-B=\"a:b;\(word)\":v\(fold)\(value)", "a.SUMMARY;X-B=\(word):v:\(value)",
            "DESCRIPTION:\(value)", "LOCATION:\(fold)Room")
        let event = try #require(CalendarDocument(text).decodedEvents.first)
        #expect(event.diagnostics == [])
        let other = try #require(event.component.properties(named: "X-A").first)
        #expect(other.text == "v" + value)
        #expect(other.parameters == [PropertyParameter(name: "X-B", values: ["a:b;" + word])])
        #expect(event.event.summary == "v:" + value)
        #expect(event.component.first(.summary)?.group == "a")
        #expect(event.event.details == value)
        #expect(event.event.location == "Room")
        let unfolded = String(decoding: event.component.unfoldedBytes, as: UTF8.self)
        #expect(unfolded.contains("\nX-A;X-B=\"a:b;\(word)\":v\(value)\na.SUMMARY"))
    }

    @Test("Blank lines are passed over")
    func blankLines() {
        let document = CalendarDocument(event(goodLines, "", "SUMMARY:x", "", ""))
        #expect(document.allDiagnostics == [])
        #expect(document.decodedEvents.map(\.event.summary) == ["x"])
    }

    @Test("Doubled line ends do not cut a fold off", arguments: ["\r\n\r\n", "\n\n", "\r\r", "\n\r\n\n"])
    func doubledLineEnds(end: String) {
        let text = event(goodLines, "SUMMARY", " :A long\n  summary").replacing("\r\n", with: end)
        let document = CalendarDocument(text)
        #expect(document.allDiagnostics == [])
        #expect(document.decodedEvents.map(\.event.summary) == ["A long summary"])
        // BEGIN:VEVENT is the fourth line of the calendar.
        let lineEnds = end == "\n\r\n\n" ? 3 : 2
        #expect(document.decodedEvents.map(\.event.line) == [3 * lineEnds + 1])
    }

    @Test("Names in lower case are the same names")
    func lowerCase() {
        let text = "begin:vcalendar\r\nversion:2.0\r\nbegin:vevent\r\nuid:u\r\ndtstart:20261108T100000Z\r\n"
        let document = CalendarDocument(text + "summary:x\r\nend:vevent\r\nend:vcalendar\r\n")
        #expect(document.allDiagnostics == [])
        #expect(document.decodedEvents.map(\.event.summary) == ["x"])
        #expect(document.calendars.first?.component.name == "VCALENDAR")
    }

    @Test("Each name is known in either case, and no other is taken for it", arguments: PropertyKind.allCases)
    func names(kind: PropertyKind) throws {
        // The others are of no property, and of what begins and ends the component.
        guard ![.other, .begin, .end].contains(kind) else { return }
        let names = [kind.rawValue, kind.rawValue.lowercased()]
        let others = [kind.rawValue + "X", "X" + kind.rawValue, String(kind.rawValue.dropLast()), "\(kind.rawValue)-A"]
        let document = CalendarDocument(calendar((names + others).map { "\($0);X-A=b:c" }.joined(separator: "\n")))
        let properties = try #require(document.components.first).properties.filter { $0.parameter("X-A") == "b" }
        #expect(properties.map(\.kind).prefix(2) == [kind, kind])
        #expect(properties.map(\.rawValue) == Array(repeating: "c", count: 6))
        #expect(!properties.dropFirst(2).contains { $0.kind == kind })
        #expect(properties.map(\.name) == (names + others).map { $0.uppercased() })
    }

    /// Names are looked up by a hash: among so many some have that of a known one.
    @Test("A name of which only the first eight letters are those of a known one is another", arguments: ["A", "-"])
    func beginnings(last: String) throws {
        let letters = (UInt8(ascii: "A")...UInt8(ascii: "Z")).map { String(UnicodeScalar($0)) }
        let endings = letters.flatMap { first in letters.map { "\(first)\($0)\(last)" } }
        for kind in PropertyKind.allCases where kind.rawValue.count > 8 {
            let names = endings.map { "\(kind.rawValue.prefix(8))\($0)" }.filter { $0 != kind.rawValue }
            let document = CalendarDocument(calendar(names.map { "\($0);X-A=b:c" }.joined(separator: "\n")))
            let properties = try #require(document.components.first).properties.filter { $0.parameter("X-A") == "b" }
            #expect(properties.count == names.count)
            #expect(!properties.contains { $0.kind == kind }, "\(kind)")
        }
    }

    @Test("A file has several calendars, each with its own properties")
    func severalCalendars() {
        let first = calendar("METHOD:publish\nX-WR-CALNAME:One\nX-WR-TIMEZONE:Europe/Berlin")
        let second = calendar("BEGIN:VEVENT\n\(goodLines)\nEND:VEVENT", header: "VERSION:2.0\nNAME:Two\nX-WR-CALNAME:x")
        let calendars = CalendarDocument(first + second).calendars
        #expect(calendars.map(\.method) == ["PUBLISH", nil])
        #expect(calendars.map(\.name) == ["One", "Two"])
        #expect(calendars.map(\.defaultZoneName) == ["Europe/Berlin", nil])
        #expect(calendars.map(\.productID) == ["-//Example//Tests//EN", nil])
        #expect(calendars.map { Array($0.events).count } == [0, 1])
    }

    @Test("A document is complete when its last component has ended")
    func complete() {
        let text = event(goodLines)
        #expect(CalendarDocument(text).isComplete)
        #expect(!CalendarDocument(String(text.dropLast("END:VCALENDAR\r\n".utf8.count))).isComplete)
        #expect(!CalendarDocument("").isComplete)
        #expect(!CalendarDocument("BEGIN:VEVENT\r\nEND:VEVENT\r\n").isComplete)
        #expect(!CalendarDocument("<html><body>Please log in: now</body></html>").isComplete)
    }

    @Test("An event that the end of the document cuts is rejected, with its UID told")
    func cutEvent() throws {
        let document = CalendarDocument("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n" + goodLines + "\r\nDTEND:202611")
        let decoded = try #require(document.decodedEvents.first)
        #expect(decoded.isRejected)
        #expect(decoded.event.uid == "one@example.com")
    }

    @Test("Equal components have equal unfolded bytes, however they are folded and whatever ends their lines")
    func unfoldedBytes() throws {
        let plain = CalendarDocument(event(goodLines, "SUMMARY:abcdef"))
        let folded = CalendarDocument(event(goodLines, "SUMM\n ARY:abc\n\tdef").replacing("\r\n", with: "\n"))
        let expected = "BEGIN:VEVENT\n" + goodLines + "\nSUMMARY:abcdef\nEND:VEVENT"
        for document in [plain, folded] {
            let component = try #require(document.decodedEvents.first?.component)
            #expect(String(decoding: component.unfoldedBytes, as: UTF8.self) == expected)
        }
    }

    @Test("All lines are kept in order, however many there are", arguments: [1, 59, 60, 61, 62, 63, 64, 65, 127, 300])
    func manyLines(count: Int) throws {
        let lines = (0..<count).map { "X-LINE:\($0)" }.joined(separator: "\n")
        // The name of the outer component is looked for again, at its END, from whatever line it was on.
        let body = "BEGIN:X-OUTER\n\(lines)\nBEGIN:X-INNER\n\(lines)\nEND:X-OUTER"
        let document = CalendarDocument(calendar(body))
        let outer = try #require(document.components.first?.components.first)
        let inner = try #require(outer.components.first)
        for component in [outer, inner] {
            #expect(component.properties.map(\.text) == (0..<count).map(String.init))
        }
        #expect(outer.isEnded)
        #expect(document.diagnostics.map(\.message) == ["a component without its END: “X-INNER”"])
    }

    @Test("Properties of a component inside are not its own")
    func nesting() throws {
        let document = CalendarDocument(
            event(goodLines, "BEGIN:VALARM", "ACTION:DISPLAY", "UID:alarm", "END:VALARM", "SUMMARY:after"))
        let component = try #require(document.decodedEvents.first?.component)
        #expect(component.properties.map(\.name) == ["UID", "DTSTAMP", "DTSTART", "SUMMARY"])
        #expect(component.components.map(\.name) == ["VALARM"])
        #expect(component.components.first?.properties.map(\.text) == ["DISPLAY", "alarm"])
        #expect(component.components.first?.line == 8)
    }

    @Test("Time zones are offered as components")
    func timeZones() {
        let zone = "BEGIN:VTIMEZONE\nTZID:Office\nBEGIN:STANDARD\nTZOFFSETTO:+0100\nEND:STANDARD\nEND:VTIMEZONE"
        let calendars = CalendarDocument(calendar(zone)).calendars
        #expect(calendars.flatMap(\.timeZones).map { $0.first(.zoneID)?.text } == ["Office"])
        #expect(calendars.flatMap(\.timeZones).flatMap(\.components).map(\.kind) == [.standard])
        #expect(calendars.flatMap(\.diagnostics) == [])
    }
}
