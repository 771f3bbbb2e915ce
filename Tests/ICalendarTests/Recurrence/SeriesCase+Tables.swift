import ICalendar

extension SeriesCase {
    static let lengths = [
        SeriesCase(
            "a date without an end lasts that day", "UID:a\nDTSTART:20260601", ["2026-06-01/2026-06-02 m"]),
        SeriesCase(
            "a time without an end lasts no time", "UID:a\nDTSTART:20260601T100000Z",
            ["2026-06-01T10:00:00Z/2026-06-01T10:00:00Z m"]),
        SeriesCase(
            "an end before the start is given as it is", "UID:a\nDTSTART:20260601T100000Z\nDTEND:20260601T090000Z",
            ["2026-06-01T10:00:00Z/2026-06-01T09:00:00Z m"]),
        SeriesCase(
            "a floating end beside a zoned start is in the start's zone",
            "UID:a\nDTSTART;TZID=Mitteleuropa:20260601T100000\nDTEND:20260601T110000",
            ["2026-06-01T08:00:00Z/2026-06-01T09:00:00Z m"]),
        SeriesCase(
            "hours beside a date count as begun days", "UID:a\nDTSTART:20260601\nDURATION:PT36H",
            ["2026-06-01/2026-06-03 m"]),
        SeriesCase(
            "whole days keep their number", "UID:a\nDTSTART:20260601\nDTEND:20260604\nRRULE:FREQ=WEEKLY;COUNT=2",
            ["2026-06-01/2026-06-04 m", "2026-06-08/2026-06-11 m"]),
        SeriesCase(
            "a floating time is shown on its wall", "UID:a\nDTSTART:20260601T100000\nDURATION:PT30M",
            ["2026-06-01T10:00:00/2026-06-01T10:30:00 m"], [.floatingTime]),
        SeriesCase(
            "a period lasts as long as it says",
            "UID:a\nDTSTART:20260601T100000Z\nDURATION:PT1H\nRDATE;VALUE=PERIOD:20260602T100000Z/PT2H,"
                + "20260603T100000Z/20260603T130000Z",
            [
                "2026-06-01T10:00:00Z/2026-06-01T11:00:00Z m", "2026-06-02T10:00:00Z/2026-06-02T12:00:00Z m",
                "2026-06-03T10:00:00Z/2026-06-03T13:00:00Z m",
            ]),
    ]

    /// An event that occurs once is told apart from all others before its zones are looked at.
    static let zones = [
        SeriesCase(
            "a zone that is known",
            "UID:a\nDTSTART;TZID=Mitteleuropa:20260601T100000\n"
                + "DTEND;TZID=Mitteleuropa:20260601T110000",
            ["2026-06-01T08:00:00Z/2026-06-01T09:00:00Z m"]),
        SeriesCase(
            "a start in a zone that nobody knows", "UID:a\nDTSTART;TZID=Nowhere:20260601T100000\nDURATION:PT1H",
            ["2026-06-01T10:00:00Z/2026-06-01T11:00:00Z m"], [.unknownZone]),
        SeriesCase(
            "an end in a zone that nobody knows",
            "UID:a\nDTSTART;TZID=Mitteleuropa:20260601T100000\nDTEND;TZID=Nowhere:20260601T110000",
            ["2026-06-01T08:00:00Z/2026-06-01T11:00:00Z m"], [.unknownZone]),
        SeriesCase(
            "both in a zone that nobody knows are told once",
            "UID:a\nDTSTART;TZID=Nowhere:20260601T100000\nDTEND;TZID=Nowhere:20260601T110000",
            ["2026-06-01T10:00:00Z/2026-06-01T11:00:00Z m"], [.unknownZone]),
        SeriesCase(
            "an end in UTC", "UID:a\nDTSTART;TZID=Mitteleuropa:20260601T100000\nDTEND:20260601T110000Z",
            ["2026-06-01T08:00:00Z/2026-06-01T11:00:00Z m"]),
    ]

    static let datesAndExceptions = [
        SeriesCase(
            "the start is an occurrence though the rule does not make it, and counts",
            "UID:a\nDTSTART:20260601T100000Z\nRRULE:FREQ=WEEKLY;BYDAY=WE;COUNT=2",
            ["2026-06-01T10:00:00Z/2026-06-01T10:00:00Z m", "2026-06-03T10:00:00Z/2026-06-03T10:00:00Z m"]),
        SeriesCase(
            "several rules and a date make a set without doubles",
            "UID:a\nDTSTART:20260601T100000Z\nRRULE:FREQ=WEEKLY;COUNT=3\nRRULE:FREQ=MONTHLY;COUNT=2\n"
                + "RDATE:20260608T100000Z,20260610T100000Z",
            [
                "2026-06-01T10:00:00Z/2026-06-01T10:00:00Z m", "2026-06-08T10:00:00Z/2026-06-08T10:00:00Z m",
                "2026-06-10T10:00:00Z/2026-06-10T10:00:00Z m", "2026-06-15T10:00:00Z/2026-06-15T10:00:00Z m",
                "2026-07-01T10:00:00Z/2026-07-01T10:00:00Z m",
            ]),
        SeriesCase(
            "an exception in UTC takes out the zoned time it means",
            "UID:a\nDTSTART;TZID=Mitteleuropa:20260601T100000\nRRULE:FREQ=DAILY;COUNT=2\nEXDATE:20260601T080000Z",
            ["2026-06-02T08:00:00Z/2026-06-02T08:00:00Z m"]),
        SeriesCase(
            "an exception that is a date takes out all that begins on the day",
            "UID:a\nDTSTART;TZID=Mitteleuropa:20260601T003000\nRRULE:FREQ=DAILY;COUNT=2\nEXDATE:20260602",
            ["2026-05-31T22:30:00Z/2026-05-31T22:30:00Z m"], [.exceptionDateType]),
        SeriesCase(
            "a floating exception is in the start's zone",
            "UID:a\nDTSTART;TZID=Mitteleuropa:20260601T100000\nRRULE:FREQ=DAILY;COUNT=2\nEXDATE:20260601T100000",
            ["2026-06-02T08:00:00Z/2026-06-02T08:00:00Z m"], [.exceptionDateType]),
        SeriesCase(
            "an exception that is a time takes out its day",
            "UID:a\nDTSTART:20260601\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE:20260602T000000Z,20260603T150000",
            ["2026-06-01/2026-06-02 m"], [.exceptionDateType]),
        SeriesCase(
            "an exception rule takes out what it makes, and not the start",
            "UID:a\nDTSTART:20260601T100000Z\nRRULE:FREQ=DAILY;COUNT=4\nEXRULE:FREQ=WEEKLY;BYDAY=TU,TH",
            ["2026-06-01T10:00:00Z/2026-06-01T10:00:00Z m", "2026-06-03T10:00:00Z/2026-06-03T10:00:00Z m"]),
        SeriesCase(
            "a date among times has the start's time of day",
            "UID:a\nDTSTART:20260601T100000Z\nRDATE;VALUE=DATE:20260604",
            ["2026-06-01T10:00:00Z/2026-06-01T10:00:00Z m", "2026-06-04T10:00:00Z/2026-06-04T10:00:00Z m"]),
        SeriesCase(
            "hours of a rule over whole days are whole days",
            "UID:a\nDTSTART:20260601\nRRULE:FREQ=HOURLY;INTERVAL=12;COUNT=2;BYHOUR=3",
            ["2026-06-01/2026-06-02 m", "2026-06-02/2026-06-03 m"]),
    ]

    static let ends = [
        SeriesCase(
            "an end that is a date includes its whole day",
            "UID:a\nDTSTART;TZID=Mitteleuropa:20260601T233000\nRRULE:FREQ=DAILY;UNTIL=20260602",
            ["2026-06-01T21:30:00Z/2026-06-01T21:30:00Z m", "2026-06-02T21:30:00Z/2026-06-02T21:30:00Z m"]),
        SeriesCase(
            "an end in UTC includes its second",
            "UID:a\nDTSTART;TZID=Mitteleuropa:20260601T100000\nRRULE:FREQ=DAILY;UNTIL=20260602T080000Z",
            ["2026-06-01T08:00:00Z/2026-06-01T08:00:00Z m", "2026-06-02T08:00:00Z/2026-06-02T08:00:00Z m"]),
        SeriesCase(
            "a floating end is in the start's zone",
            "UID:a\nDTSTART;TZID=Mitteleuropa:20260601T100000\nRRULE:FREQ=DAILY;UNTIL=20260602T095959",
            ["2026-06-01T08:00:00Z/2026-06-01T08:00:00Z m"]),
        SeriesCase(
            "midnight in UTC ends whole days with the date that is written",
            "UID:a\nDTSTART:20260601\nRRULE:FREQ=DAILY;UNTIL=20260602T000000Z",
            ["2026-06-01/2026-06-02 m", "2026-06-02/2026-06-03 m"]),
        SeriesCase(
            "an end before the start leaves the start out of the rule",
            "UID:a\nDTSTART:20260601T100000Z\nRRULE:FREQ=DAILY;UNTIL=20260501T000000Z", []),
        SeriesCase(
            "a rule without end is cut by the window",
            "UID:a\nDTSTART:20200601T100000Z\nRRULE:FREQ=YEARLY",
            ["2026-06-01T10:00:00Z/2026-06-01T10:00:00Z m"], [.endlessRule]),
        SeriesCase(
            "the window's start is inside and its end is not",
            "UID:a\nDTSTART:20251231T000000Z\nRRULE:FREQ=DAILY;COUNT=9", from: "2026-01-01", to: "2026-01-03",
            ["2026-01-01T00:00:00Z/2026-01-01T00:00:00Z m", "2026-01-02T00:00:00Z/2026-01-02T00:00:00Z m"]),
    ]

    static let clockChanges = [
        SeriesCase(
            "hours are exact and days are nominal: a night of eight hours",
            "UID:a\nDTSTART;TZID=Mitteleuropa:20260328T220000\nDURATION:PT8H\nRRULE:FREQ=DAILY;COUNT=1",
            ["2026-03-28T21:00:00Z/2026-03-29T05:00:00Z m"]),
        SeriesCase(
            "hours are exact and days are nominal: a day",
            "UID:a\nDTSTART;TZID=Mitteleuropa:20260328T220000\nDURATION:P1D\nRRULE:FREQ=DAILY;COUNT=1",
            ["2026-03-28T21:00:00Z/2026-03-29T20:00:00Z m"]),
        SeriesCase(
            "the exact length between DTSTART and DTEND is that of all instances",
            "UID:a\nDTSTART;TZID=Mitteleuropa:20260327T220000\nDTEND;TZID=Mitteleuropa:20260328T060000\n"
                + "RRULE:FREQ=DAILY;COUNT=2",
            ["2026-03-27T21:00:00Z/2026-03-28T05:00:00Z m", "2026-03-28T21:00:00Z/2026-03-29T05:00:00Z m"]),
        SeriesCase(
            "a time that the clocks skip has the offset before the gap",
            "UID:a\nDTSTART;TZID=Mitteleuropa:20260328T023000\nRRULE:FREQ=DAILY;COUNT=3",
            [
                "2026-03-28T01:30:00Z/2026-03-28T01:30:00Z m", "2026-03-29T01:30:00Z/2026-03-29T01:30:00Z m",
                "2026-03-30T00:30:00Z/2026-03-30T00:30:00Z m",
            ], [.zoneTransition]),
        SeriesCase(
            "a time that the clocks show twice is the first",
            "UID:a\nDTSTART;TZID=Mitteleuropa:20261025T023000", ["2026-10-25T00:30:00Z/2026-10-25T00:30:00Z m"],
            [.zoneTransition]),
        SeriesCase(
            "times out of a gap take their turn, and none is doubled",
            "UID:a\nDTSTART;TZID=Mitteleuropa:20260329T013000\nRRULE:FREQ=MINUTELY;INTERVAL=30;COUNT=5",
            [
                "2026-03-29T00:30:00Z/2026-03-29T00:30:00Z m", "2026-03-29T01:00:00Z/2026-03-29T01:00:00Z m",
                "2026-03-29T01:30:00Z/2026-03-29T01:30:00Z m",
            ]),
    ]
}
