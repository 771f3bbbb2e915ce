import ICalendar
import Testing

@Suite("Values") struct ValueTests {
    private static func local(_ date: (Int, Int, Int), _ second: Int) throws -> LocalDateTime {
        let date = try #require(CalendarDate(year: date.0, month: date.1, day: date.2))
        return try #require(LocalDateTime(date: date, secondOfDay: second))
    }

    @Test(
        "Times are read in the standard's forms and in looser ones",
        arguments: [
            ("20261108T100000Z", 36_000), ("20261108T235960Z", 86_399), ("20261108T000000Z", 0),
            ("2026-11-08T10:00:00Z", 36_000), ("2026-11-08T10:00:00.250Z", 36_000), ("20261108T1000Z", 36_000),
            ("20261108 100000Z", 36_000), ("20261108t100000z", 36_000), (" 20261108T100000Z ", 36_000),
        ])
    func utc(text: String, second: Int) throws {
        #expect(try CalendarTime(text.utf8) == .utc(Self.local((2026, 11, 8), second)))
        #expect(try CalendarTime(text.utf8, tzid: "Europe/Berlin") == .utc(Self.local((2026, 11, 8), second)))
    }

    @Test("A time without Z is in its zone, or floats")
    func zoned() throws {
        let local = try Self.local((2026, 11, 8), 36_000)
        #expect(try CalendarTime("20261108T100000".utf8) == .floating(local))
        #expect(try CalendarTime("20261108T100000".utf8, tzid: "") == .floating(local))
        #expect(try CalendarTime("20261108T100000".utf8, tzid: "Office") == .zoned(local, tzid: "Office"))
        #expect(try CalendarTime("20261108".utf8, tzid: "Office") == .date(local.date))
    }

    @Test(
        "What is no time says why, and where",
        arguments: [
            ("", .empty, 0), ("2026", .unexpectedEnd, 4), ("20260230", .noSuchDate, 0), ("00000101", .noSuchDate, 0),
            ("20261108T240000", .noSuchTime, 9), ("20261108T106000", .noSuchTime, 9),
            ("20261108X100000", .unexpectedByte, 8),
            ("20261108T10000", .unexpectedEnd, 14), ("2026110aT100000", .unexpectedByte, 7),
            ("20261108T100000+0100", .unexpectedByte, 15), ("20261108T100000ZZ", .unexpectedByte, 16),
        ] as [(String, ICalendarError.Code, Int)])
    func badTimes(text: String, code: ICalendarError.Code, offset: Int) {
        do throws(ICalendarError) {
            let time = try CalendarTime(text.utf8)
            Issue.record("\(text) was read as \(time)")
        } catch {
            #expect(error.code == code)
            #expect(error.offset == offset)
        }
    }

    @Test(
        "Durations are days and seconds",
        arguments: [
            ("P15DT5H0M20S", 15, 18_020), ("P7W", 49, 0), ("-PT15M", 0, -900), ("+P1D", 1, 0), ("PT0S", 0, 0),
            ("pt1h30s", 0, 3_630), ("P1W2D", 9, 0), (" PT5M ", 0, 300), ("-P1DT12H", -1, -43_200),
        ])
    func durations(text: String, days: Int, seconds: Int) throws {
        #expect(try CalendarDuration(text.utf8) == CalendarDuration(days: days, seconds: seconds))
    }

    @Test(
        "What is no duration says why",
        arguments: [
            ("", .empty), ("P", .unexpectedEnd), ("PT", .unexpectedEnd), ("1H", .unexpectedByte),
            ("P1H", .unexpectedByte),
            ("PT1D", .unexpectedByte), ("PT5", .unexpectedEnd), ("PT1X", .unexpectedByte), ("-", .unexpectedEnd),
            ("PT99999999999999999999S", .outOfRange), ("P1D1D1D1D1D1D", .repeatedPart),
        ] as [(String, ICalendarError.Code)])
    func badDurations(text: String, code: ICalendarError.Code) {
        #expect(throws: ICalendarError.self) { try CalendarDuration(text.utf8) }
        do throws(ICalendarError) { _ = try CalendarDuration(text.utf8) } catch { #expect(error.code == code) }
    }

    @Test(
        "Text is unescaped; what is no escape stays",
        arguments: [
            (#"a\, b\; c\\d"#, #"a, b; c\d"#), (#"one\ntwo\Nthree"#, "one\ntwo\nthree"), (#"C:\temp"#, #"C:\temp"#),
            (#"end\"#, #"end\"#), (#"\\n"#, #"\n"#), ("plain", "plain"),
        ])
    func text(raw: String, expected: String) throws {
        let property = try Self.property("SUMMARY:\(raw)")
        #expect(property.text == expected)
        #expect(property.rawValue == raw)
    }

    @Test("A list of text ends at commas that no backslash escapes")
    func list() throws {
        #expect(try Self.property(#"CATEGORIES:a,b\,c,\\,d"#).textList == ["a", "b,c", #"\"#, "d"])
    }

    @Test("Parameters have their quotes and circumflexes undone")
    func parameters() throws {
        let property = try Self.property(#"X-A;CN="a;b:c,d";x=^n^^^'^x,"e,f";y=:v:w"#)
        #expect(property.parameters.map(\.name) == ["CN", "X", "Y"])
        #expect(property.parameters.map(\.values) == [["a;b:c,d"], ["\n^\"^x", "e,f"], [""]])
        #expect(property.parameter("cn") == "a;b:c,d")
        #expect(property.parameter("z") == nil)
        #expect(property.rawValue == "v:w")
    }

    @Test("A blank after the name of a parameter does not belong to it", arguments: ["CN", "VALUE", "TZID", "X-A"])
    func blankAfterName(name: String) throws {
        let property = try Self.property("ATTENDEE;\(name) =Ann:mailto:ann@example.com")
        #expect(property.parameter(name) == "Ann")
        #expect(property.parameters.map(\.name) == [name])
    }

    @Test("A quote that is never closed does not swallow the value")
    func openQuote() throws {
        let property = try Self.property(#"ATTENDEE;CN="Ann:mailto:ann@example.com"#)
        #expect(property.user.address == "mailto:ann@example.com")
    }

    @Test("The parts of a person are decoded, as text and as bytes alike")
    func user() throws {
        let user = try Self.property(
            #"ATTENDEE;cutype=room;PARTSTAT="accepted";EMAIL=e@example.com;CN="Hall ^'A^', 2": mailto:Hall@example.com"#
        ).user
        #expect(user.address == "mailto:Hall@example.com")
        #expect(user.withAddressBytes { $0.copied } == Array(user.address.utf8))
        #expect(user.commonName == #"Hall "A", 2"#)
        #expect(user.withCommonNameBytes { $0.copied } == Array(user.commonName.utf8))
        #expect(user.userType == "ROOM")
        #expect(user.participationStatus == "ACCEPTED")
        #expect(user.email == "e@example.com")
    }

    @Test(
        "A parameter is found however its neighbours are written",
        arguments: [
            "", ";ROLE=CHAIR", ";rsvp=TRUE", ";X-LONG-NAME-OF-ITS-OWN=a", ";WORD", ";", "; ROLE=CHAIR", ";ROLE =CHAIR",
            #";X="a;CN=b""#, #";ROLE="CN=c;""#, ";CNX=d", ";C=e", ";XPARTSTAT=f", ";PARTSTATX=g",
        ])
    func neighbours(other: String) throws {
        for parameters in [";PARTSTAT=DECLINED;CN=Ann\(other)", "\(other);CN=Ann\(other);PARTSTAT=declined"] {
            let user = try Self.property("ATTENDEE\(parameters):mailto:ann@example.com").user
            #expect([user.commonName, user.participationStatus] == ["Ann", "DECLINED"], "in \(parameters)")
            #expect([user.userType, user.email] == ["INDIVIDUAL", ""], "in \(parameters)")
        }
    }

    @Test("A person without parameters has the defaults of the standard")
    func plainUser() throws {
        let user = try Self.property("ATTENDEE:mailto:ann@example.com").user
        #expect(user.withCommonNameBytes { $0.copied }.isEmpty)
        #expect([user.commonName, user.email] == ["", ""])
        #expect([user.userType, user.participationStatus] == ["INDIVIDUAL", "NEEDS-ACTION"])
    }

    @Test("A common name in Windows-1252 is given as UTF-8")
    func foreignUser() throws {
        let parts = [Array("BEGIN:VCALENDAR\r\nATTENDEE;CN=M".utf8), [0xFC], Array("ller:m\r\nEND:VCALENDAR".utf8)]
        let document = CalendarDocument(Array(parts.joined()))
        let user = try #require(document.components.first?.properties.first { _ in true }).user
        #expect(user.commonName == "Müller")
        #expect(user.withCommonNameBytes { $0.copied } == Array("Müller".utf8))
    }

    @Test(
        "A whole number is read within 32 bits",
        arguments: [("5", 5), ("-3", -3), ("+7", 7), (" 2147483647", 2_147_483_647)])
    func integers(text: String, expected: Int) throws {
        #expect(try Self.property("SEQUENCE:\(text)").integer() == expected)
    }

    @Test(
        "What is no whole number is an error", arguments: ["", "-", "1.5", "2147483648", "99999999999999999999", "x"])
    func badIntegers(text: String) throws {
        let property = try Self.property("SEQUENCE:\(text)")
        #expect(throws: ICalendarError.self) { try property.integer() }
    }

    private static func property(_ line: String) throws -> PropertyView {
        let document = CalendarDocument("BEGIN:VCALENDAR\r\n\(line)\r\nEND:VCALENDAR\r\n")
        return try #require(document.components.first?.properties.first { _ in true })
    }
}

extension Span where Element == UInt8 {
    fileprivate var copied: [UInt8] { indices.map { self[$0] } }
}
