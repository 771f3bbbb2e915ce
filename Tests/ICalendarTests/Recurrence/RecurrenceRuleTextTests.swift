import ICalendar
import Testing

@Suite("The text of a recurrence rule")
struct RecurrenceRuleTextTests {
    @Test(
        "A rule is written back canonically",
        arguments: [
            ("FREQ=DAILY", "FREQ=DAILY"),
            ("RRULE:INTERVAL=2;FREQ=WEEKLY;BYDAY=MO,WE;WKST=SU", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;WKST=SU"),
            ("freq=monthly;byday=-1fr,+2mo", "FREQ=MONTHLY;BYDAY=-1FR,2MO"),
            (" FREQ = YEARLY ; BYMONTH = 1 , 2 ;; COUNT=3; ", "FREQ=YEARLY;COUNT=3;BYMONTH=1,2"),
            ("FREQ=DAILY;UNTIL=20261231T235960Z", "FREQ=DAILY;UNTIL=20261231T235959Z"),
            ("FREQ=DAILY;UNTIL=20261231", "FREQ=DAILY;UNTIL=20261231"),
            ("FREQ=DAILY;UNTIL=09990101T010203", "FREQ=DAILY;UNTIL=09990101T010203"),
            ("RSCALE=GREGORIAN;SKIP=OMIT;FREQ=DAILY", "FREQ=DAILY"),
            ("FREQ=DAILY;X-FOO=\"a,b\";INTERVAL=1;WKST=MO", "FREQ=DAILY"),
            (
                "FREQ=YEARLY;BYSETPOS=-366;BYWEEKNO=-53;BYYEARDAY=366;BYMONTHDAY=-31;BYHOUR=23;BYMINUTE=59;BYSECOND=60",
                "FREQ=YEARLY;BYSECOND=60;BYMINUTE=59;BYHOUR=23;BYMONTHDAY=-31;BYYEARDAY=366;BYWEEKNO=-53;BYSETPOS=-366"
            ),
        ])
    func writtenBack(text: String, canonical: String) throws {
        #expect(try RecurrenceRule(text.utf8).description == canonical)
    }

    @Test(
        "A rule that the standard does not allow is refused at the place of its fault",
        arguments: [
            ("", ICalendarError.Code.empty, 0),
            ("INTERVAL=2", .missingPart, 10),
            ("FREQ=FORTNIGHTLY", .unknownPart, 5),
            ("FREQ=DAILY;FREQ=DAILY", .repeatedPart, 11),
            ("FREQ=DAILY;COUNT=2;UNTIL=20260101", .contradiction, 19),
            ("FREQ=DAILY;COUNT=0", .outOfRange, 17),
            ("FREQ=DAILY;INTERVAL=0", .outOfRange, 20),
            ("FREQ=DAILY;INTERVAL=99999999999999999999", .outOfRange, 20),
            ("FREQ=MONTHLY;BYMONTHDAY=1,32", .outOfRange, 26),
            ("FREQ=MONTHLY;BYMONTHDAY=0", .outOfRange, 24),
            ("FREQ=DAILY;BYHOUR=24", .outOfRange, 18),
            ("FREQ=DAILY;BYMONTH=13", .outOfRange, 19),
            ("FREQ=MONTHLY;BYDAY=1XX", .unknownPart, 20),
            ("FREQ=DAILY;BYEASTER=1", .unknownPart, 11),
            ("FREQ=DAILY;UNTIL=20260230", .noSuchDate, 17),
            ("FREQ=DAILY;UNTIL=20260101T250000Z", .noSuchTime, 26),
            ("FREQ=DAILY;UNTIL=2026", .unexpectedEnd, 21),
            ("FREQ=DAILY;RSCALE=CHINESE", .unsupported, 18),
            ("FREQ=DAILY;SKIP=FORWARD", .unsupported, 16),
            ("FREQ=DAILY COUNT=2", .unexpectedByte, 11),
            ("FREQ:DAILY", .unexpectedByte, 4),
        ])
    func refused(text: String, code: ICalendarError.Code, offset: Int) {
        do {
            let rule = try RecurrenceRule(text.utf8)
            Issue.record("read as \(rule)")
        } catch {
            #expect(error.code == code, "\(error)")
            #expect(error.offset == offset, "\(error)")
        }
    }
}
