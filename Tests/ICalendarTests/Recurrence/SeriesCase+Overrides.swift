import ICalendar

extension SeriesCase {
    /// Three Mondays in June at ten in Central Europe, an hour each.
    private static let mondays =
        "UID:a\nDTSTART;TZID=Mitteleuropa:20260601T100000\nDURATION:PT1H\nSEQUENCE:2\nRRULE:FREQ=WEEKLY;COUNT=3\n\n"

    private static let first = "2026-06-01T08:00:00Z/2026-06-01T09:00:00Z m"
    private static let second = "2026-06-08T08:00:00Z/2026-06-08T09:00:00Z m"
    private static let third = "2026-06-15T08:00:00Z/2026-06-15T09:00:00Z m"

    static let overrides = [
        SeriesCase(
            "a moved instance leaves its place",
            mondays
                + "UID:a\nSEQUENCE:2\nRECURRENCE-ID;TZID=Mitteleuropa:20260608T100000\nDTSTART:20260609T080000Z",
            [first, "2026-06-09T08:00:00Z/2026-06-09T08:00:00Z 0", third]),
        SeriesCase(
            "an instance named in UTC is found",
            mondays
                + "UID:a\nSEQUENCE:2\nRECURRENCE-ID:20260608T080000Z\nDTSTART:20260609T080000Z",
            [first, "2026-06-09T08:00:00Z/2026-06-09T08:00:00Z 0", third]),
        SeriesCase(
            "an instance named by its date is found",
            mondays
                + "UID:a\nSEQUENCE:2\nRECURRENCE-ID:20260608\nDTSTART:20260609T080000Z",
            [first, "2026-06-09T08:00:00Z/2026-06-09T08:00:00Z 0", third]),
        SeriesCase(
            "a day named by a time is found",
            "UID:a\nDTSTART:20260601\nRRULE:FREQ=DAILY;COUNT=2\n\n"
                + "UID:a\nRECURRENCE-ID:20260602T000000Z\nDTSTART:20260605",
            ["2026-06-01/2026-06-02 m", "2026-06-05/2026-06-06 0"]),
        SeriesCase(
            "an instance that is moved into the window is there, and one that is moved out is not",
            mondays
                + "UID:a\nRECURRENCE-ID:20260601T080000Z\nDTSTART:20260608T120000Z\n\n"
                + "UID:a\nRECURRENCE-ID:20260608T080000Z\nDTSTART:20260701T080000Z",
            from: "2026-06-08", to: "2026-06-15", ["2026-06-08T12:00:00Z/2026-06-08T12:00:00Z 0"]),
        SeriesCase(
            "overrides before the master in the file count the same",
            "UID:a\nRECURRENCE-ID:20260608T080000Z\nDTSTART:20260609T080000Z\n\n" + mondays,
            [first, "2026-06-09T08:00:00Z/2026-06-09T08:00:00Z 0", third]),
        SeriesCase(
            "of two for one instance the greater SEQUENCE counts",
            mondays
                + "UID:a\nSEQUENCE:3\nRECURRENCE-ID:20260608T080000Z\nDTSTART:20260609T080000Z\n\n"
                + "UID:a\nSEQUENCE:2\nRECURRENCE-ID;TZID=Mitteleuropa:20260608T100000\nDTSTART:20260610T080000Z",
            [first, "2026-06-09T08:00:00Z/2026-06-09T08:00:00Z 0", third]),
        SeriesCase(
            "one that names no instance is an occurrence of its own",
            mondays
                + "UID:a\nSEQUENCE:2\nRECURRENCE-ID:20260609T080000Z\nDTSTART:20260609T080000Z",
            [first, second, "2026-06-09T08:00:00Z/2026-06-09T08:00:00Z 0", third], [.orphanedOverride]),
        SeriesCase(
            "one that names no instance and is older than the master is left out",
            mondays
                + "UID:a\nSEQUENCE:1\nRECURRENCE-ID:20260609T080000Z\nDTSTART:20260609T080000Z",
            [first, second, third], [.orphanedOverride]),
        SeriesCase(
            "without a master each is an occurrence of its own",
            "UID:a\nRECURRENCE-ID:20260609T080000Z\nDTSTART:20260610T080000Z",
            ["2026-06-10T08:00:00Z/2026-06-10T08:00:00Z 0"], [.orphanedOverride]),
        SeriesCase(
            "an override of a single event stands in for it",
            "UID:a\nDTSTART:20260601T080000Z\n\nUID:a\nRECURRENCE-ID:20260601T080000Z\nDTSTART:20260602T080000Z",
            ["2026-06-02T08:00:00Z/2026-06-02T08:00:00Z 0"]),
        SeriesCase(
            "a cancellation without DTSTART is at the instance that it names",
            mondays
                + "UID:a\nSEQUENCE:3\nSTATUS:CANCELLED\nRECURRENCE-ID:20260608T080000Z",
            [first, "2026-06-08T08:00:00Z/2026-06-08T08:00:00Z 0", third]),
        SeriesCase(
            "of two at one time the one that ends first comes first, and then the master",
            mondays
                + "UID:a\nRECURRENCE-ID:20260608T080000Z\nDTSTART:20260601T080000Z\nDURATION:PT30M\n\n"
                + "UID:a\nRECURRENCE-ID:20260615T080000Z\nDTSTART:20260601T080000Z\nDURATION:PT1H",
            [
                "2026-06-01T08:00:00Z/2026-06-01T08:30:00Z 0", first,
                "2026-06-01T08:00:00Z/2026-06-01T09:00:00Z 1",
            ]),
    ]

    static let futures = [
        SeriesCase(
            "all later instances are moved by as much, with the new length",
            mondays
                + "UID:a\nRECURRENCE-ID;RANGE=THISANDFUTURE:20260608T080000Z\n"
                + "DTSTART;TZID=Mitteleuropa:20260609T120000\nDURATION:PT2H",
            [first, "2026-06-09T10:00:00Z/2026-06-09T12:00:00Z 0", "2026-06-16T10:00:00Z/2026-06-16T12:00:00Z 0"]),
        SeriesCase(
            "they are moved on the wall, across a change of the clock",
            "UID:a\nDTSTART;TZID=Mitteleuropa:20260316T100000\nRRULE:FREQ=WEEKLY;COUNT=3\n\n"
                + "UID:a\nRECURRENCE-ID;TZID=Mitteleuropa;RANGE=THISANDFUTURE:20260323T100000\n"
                + "DTSTART;TZID=Mitteleuropa:20260323T110000",
            [
                "2026-03-16T09:00:00Z/2026-03-16T09:00:00Z m", "2026-03-23T10:00:00Z/2026-03-23T10:00:00Z 0",
                "2026-03-30T09:00:00Z/2026-03-30T09:00:00Z 0",
            ]),
        SeriesCase(
            "an override of one of them goes before",
            mondays
                + "UID:a\nRECURRENCE-ID;RANGE=THISANDFUTURE:20260608T080000Z\nDTSTART:20260608T090000Z\n\n"
                + "UID:a\nRECURRENCE-ID:20260615T080000Z\nDTSTART:20260620T080000Z",
            [first, "2026-06-08T09:00:00Z/2026-06-08T09:00:00Z 0", "2026-06-20T08:00:00Z/2026-06-20T08:00:00Z 1"]),
        SeriesCase(
            "a later one ends an earlier one",
            mondays
                + "UID:a\nRECURRENCE-ID;RANGE=THISANDFUTURE:20260608T080000Z\nDTSTART:20260608T090000Z\n\n"
                + "UID:a\nRECURRENCE-ID;RANGE=THISANDFUTURE:20260615T080000Z\nDTSTART:20260615T100000Z",
            [first, "2026-06-08T09:00:00Z/2026-06-08T09:00:00Z 0", "2026-06-15T10:00:00Z/2026-06-15T10:00:00Z 1"]),
        SeriesCase(
            "instances are moved into a window that the master misses",
            mondays
                + "UID:a\nRECURRENCE-ID;RANGE=THISANDFUTURE:20260608T080000Z\nDTSTART:20260908T080000Z",
            from: "2026-09-10", to: "2026-10-01", ["2026-09-15T08:00:00Z/2026-09-15T08:00:00Z 0"]),
    ]
}
