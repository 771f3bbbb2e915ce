import ICalendar
import Testing

@Suite("Rules of vCalendar 1.0")
struct VCalendarRuleTests {
    @Test(
        "A rule is read as the one of RFC 5545 that means the same",
        arguments: [
            ("D1 #5", "FREQ=DAILY;COUNT=5"),
            ("D2 #0", "FREQ=DAILY;INTERVAL=2"),
            ("D10", "FREQ=DAILY;COUNT=2;INTERVAL=10"),
            ("d1 19971224T000000Z", "FREQ=DAILY;UNTIL=19971224T000000Z"),
            ("D1 0600 1200 1500 #14", "FREQ=DAILY;COUNT=14;BYMINUTE=0;BYHOUR=6,12,15"),
            ("W1 #10", "FREQ=WEEKLY;COUNT=10"),
            ("W2 TU TH 19971224T000000Z", "FREQ=WEEKLY;UNTIL=19971224T000000Z;INTERVAL=2;BYDAY=TU,TH"),
            ("W1 TU 1230 TH 1230 19971224", "FREQ=WEEKLY;UNTIL=19971224;BYMINUTE=30;BYHOUR=12;BYDAY=TU,TH"),
            ("MP1 1+ SU #3", "FREQ=MONTHLY;COUNT=3;BYDAY=1SU"),
            ("MP2 1+ 1- MO FR #0", "FREQ=MONTHLY;INTERVAL=2;BYDAY=1MO,-1MO,1FR,-1FR"),
            ("MP6 1+ MO 2- TH 0900 #8", nil),
            ("MP6 1+ MO 0900 2- TH 0900 #8", "FREQ=MONTHLY;COUNT=8;INTERVAL=6;BYMINUTE=0;BYHOUR=9;BYDAY=1MO,-2TH"),
            ("MD1 15 #4", "FREQ=MONTHLY;COUNT=4;BYMONTHDAY=15"),
            ("MD1 1- 2+ LD #4", "FREQ=MONTHLY;COUNT=4;BYMONTHDAY=-1,2,-1"),
            ("MD3 #4", "FREQ=MONTHLY;COUNT=4;INTERVAL=3"),
            ("YM1 6 7 #10", "FREQ=YEARLY;COUNT=10;BYMONTH=6,7"),
            ("YD1 1 100 20001231T000000", "FREQ=YEARLY;UNTIL=20001231T000000;BYYEARDAY=1,100"),
        ])
    func read(text: String, expected: String?) throws {
        let rule = try? RecurrenceRule(vCalendar: text.utf8)
        #expect(rule?.description.partsInOrder == expected?.partsInOrder, "\(text)")
    }

    @Test(
        "What no rule of RFC 5545 says, or nobody could mean, is refused at its place",
        arguments: [
            ("", ICalendarError.Code.empty, 0),
            ("X1 #3", .unknownPart, 0),
            ("D #3", .unexpectedByte, 0),
            ("D0 #3", .outOfRange, 0),
            ("D1 #", .unexpectedByte, 3),
            ("D1 M15 #4", .unsupported, 3),
            ("D1 #3 19971224T000000Z", .unsupported, 6),
            ("D1 19971324", .noSuchDate, 3),
            ("D1 0670 #3", .noSuchTime, 3),
            ("D1 0600 1230 #3", .unsupported, 15),
            ("W1 TU$ 1200 #3", .unsupported, 3),
            ("W1 TU TH 1200 #3", .unsupported, 16),
            ("W1 XX", .unknownPart, 3),
            ("MP1 #3", .missingPart, 6),
            ("MP1 1+ #3", .missingPart, 9),
            ("MP1 SU #3", .missingPart, 4),
            ("MP1 6+ SU #3", .outOfRange, 4),
            ("MD1 32 #4", .outOfRange, 4),
            ("YM1 13", .outOfRange, 4),
            ("YM1 6 #10 MP1 1+ SU", .unexpectedByte, 10),
            ("YD1 #3", .missingPart, 6),
        ])
    func refused(text: String, code: ICalendarError.Code, offset: Int) {
        do {
            let rule = try RecurrenceRule(vCalendar: text.utf8)
            Issue.record("\(text) is read as \(rule)")
        } catch {
            #expect(error.code == code, "\(text): \(error)")
            #expect(error.offset == offset, "\(text): \(error)")
        }
    }

    @Test("An event of vCalendar 1.0 recurs by its rule, with a note")
    func event() throws {
        let text = ICalendarTests.event(goodLines, "RRULE:W1 MO #4", "EXRULE:MD1 16 #0")
        let decoded = try #require(CalendarDocument(text).decodedEvents.first)
        #expect(decoded.event.rules.map(\.description) == ["FREQ=WEEKLY;COUNT=4;BYDAY=MO"])
        #expect(decoded.event.exceptionRules.map(\.description) == ["FREQ=MONTHLY;BYMONTHDAY=16"])
        #expect(decoded.diagnostics.map(\.code) == [.badRule, .badRule])
        #expect(decoded.diagnostics.map(\.effect) == [.tolerated, .tolerated])
        #expect(try decoded.component.first(.rule)?.rule() == decoded.event.rules.first)
        #expect(CalendarDocument(text, dialect: .rfc5545).decodedEvents.map(\.isRejected) == [true])
    }

    @Test("No rule of RFC 5545 is taken for one of vCalendar 1.0", arguments: ["FREQ=DAILY", "WKST=MO;FREQ=WEEKLY"])
    func standard(text: String) {
        #expect(CalendarDocument(ICalendarTests.event(goodLines, "RRULE:\(text)")).allDiagnostics == [])
    }
}

extension String {
    /// The parts of a rule, whose order means nothing.
    fileprivate var partsInOrder: [Substring] { split(separator: ";").sorted() }
}
