/// ICS: iCalendar, its syntax and its times.
extension Catalogue.Entry {
    static let badLine = Self(
        .warning, .source, "a line cannot be read",
        why: """
            It is not `NAME;PARAMETERS:VALUE`, or longer than the limit. The line was left out and the rest of its \
            component was read.
            """,
        mend: "Begin lines that go on from the one before with a space, and put values in the form of the standard.",
        see: "RFC 5545 §3.1",
        example: "team.ics:40: ICS001 warning: no colon after the name of the property")

    static let unbalancedComponent = Self(
        .error, .source, "BEGIN and END do not match",
        why: """
            A component ends that did not begin, or ends inside another one, so nobody can say what belongs to it. \
            The entries concerned were rejected.
            """,
        mend: "Close each component with an END of the same name, innermost first.",
        see: "RFC 5545 §3.6",
        example: "team.ics:57: ICS003 error: END:VCALENDAR inside of VEVENT")

    static let missingUID = Self(
        .warning, .source, "the entry has no UID",
        why: """
            Without a UID nobody can tell a changed booking from a new one. One is derived from source, room, times, \
            owner and summary, so a change of any of them is a new booking.
            """,
        mend: "Give each entry a UID that stays the same in every export.",
        see: "RFC 5545 §3.8.4.7",
        example: "team.ics:18: ICS004 warning: the entry has no UID")

    static let missingStart = Self(
        .error, .source, "the entry has no DTSTART",
        why: "Without a start nothing can be booked; the entry was rejected.",
        mend: "Write a DTSTART into each VEVENT.",
        see: "RFC 5545 §3.6.1, §3.8.2.4",
        example: "team.ics:18: ICS005 error: the entry has no DTSTART")

    static let badDateTime = Self(
        .error, .source, "a date or time cannot be read",
        why: """
            The value is in no form of the standard, or names a day or an hour that does not exist. The entry was \
            rejected.
            """,
        mend: """
            Write times as 20261208T100000 with a TZID, or as 20261208T090000Z, and days as 20261208 with \
            VALUE=DATE.
            """,
        see: "RFC 5545 §3.3.4, §3.3.5",
        example: "team.ics:21: ICS006 error: DTSTART is 20261308T100000, and there is no month 13")

    static let endAndDuration = Self(
        .warning, .source, "both DTEND and DURATION are given",
        why: "Only one of them is allowed, and they could differ. DTEND was taken.",
        mend: "Leave out either DTEND or DURATION.",
        see: "RFC 5545 §3.6.1",
        example: "team.ics:23: ICS007 warning: DTEND and DURATION are both there; DTEND counts")

    static let unknownZone = Self(
        .warning, .source, "the time zone is not known",
        why: """
            Its name is neither in the time zone database nor a name of Windows, and the file does not define it. \
            The source's own zone was taken, so the booking may be some hours off.
            """,
        mend: "Use names such as Europe/Berlin, or put the VTIMEZONE into the file.",
        see: "RFC 5545 §3.2.19, §3.6.5",
        example: "team.ics:21: ICS008 warning: zone \"Head office\" is not known; Europe/Berlin was taken")

    static let zoneByName = Self(
        .note, .source, "the time zone was found by its name alone",
        why: """
            The file has no VTIMEZONE for it, as the standard asks, but the name is known and its rules were taken \
            from the time zone database.
            """,
        mend: "Put a VTIMEZONE for each TZID into the file.",
        see: "RFC 5545 §3.2.19",
        example: "team.ics:21: ICS009 note: Europe/Berlin has no VTIMEZONE; the system's rules were taken")

    static let floatingTime = Self(
        .warning, .source, "a time belongs to no zone",
        why: """
            A floating time is 10 o'clock wherever one happens to be; a room is in one place. The zone of the \
            calendar, the source or the configuration was taken, in this order.
            """,
        mend: "Write a TZID or a Z to the time, or set the source's `zone`.",
        see: "RFC 5545 §3.3.5; design: conflicts, rule 2",
        example: "team.ics:21: ICS010 warning: 20261208T100000 has no zone; Europe/Berlin was taken")

    static let badRule = Self(
        .error, .source, "the recurrence rule cannot be read",
        why: """
            A part is unknown, out of range or does not fit the frequency. Guessing could book a room on the wrong \
            days, so the entry was rejected. As a note: the rule is in the form of vCalendar 1.0, and was read.
            """,
        mend: "Write the RRULE as in the standard, for example FREQ=WEEKLY;BYDAY=MO,WE;COUNT=10.",
        see: "RFC 5545 §3.3.10",
        example: "team.ics:24: ICS011 error: BYDAY is XX, which is no day of the week")

    static let endlessRule = Self(
        .note, .source, "the rule has no end and was cut at the horizon",
        why: "Occurrences are booked as far as the horizon reaches; it moves on every night, and they follow it.",
        mend: "Add COUNT or UNTIL if the series has an end.",
        see: "RFC 5545 §3.3.10; design: conflicts",
        example: "team.ics:24: ICS012 note: the series has no end; booked until 2027-12-27")

    static let tooManyOccurrences = Self(
        .error, .source, "the series has too many occurrences",
        why: """
            It has more occurrences, or asks for more candidates, than the limits allow, or all of its file does. It \
            was rejected whole, since a part of a series would surprise its owner.
            """,
        mend: "Split the series, or give it an end with COUNT or UNTIL.",
        see: "design: ingest, \"Limits\"",
        example: "team.ics:24: ICS013 error: more than 5000 occurrences in the horizon")

    static let orphanedOverride = Self(
        .warning, .source, "a RECURRENCE-ID matches no occurrence",
        why: """
            The entry changes an occurrence that its series does not have. It was taken as an occurrence of its own, \
            or as out of date if its SEQUENCE is below its series'.
            """,
        mend: "Export the series together with its changed occurrences.",
        see: "RFC 5545 §3.8.4.4; design: conflicts, rule 3",
        example: "team.ics:64: ICS014 warning: RECURRENCE-ID 20261209T090000Z is not in the series")

    static let exceptionDateType = Self(
        .warning, .source, "an EXDATE or UNTIL is of another type than DTSTART",
        why: """
            One is a day and the other a time, which the standard forbids. A day was taken to mean the occurrence on \
            that day.
            """,
        mend: "Write EXDATE and UNTIL as the same type as DTSTART.",
        see: "RFC 5545 §3.3.10, §3.8.5.1",
        example: "team.ics:26: ICS015 warning: EXDATE is a day and DTSTART a time; the day's occurrence is left out")

    static let foreignComponent = Self(
        .note, .source, "a component is not for us",
        why: "Tasks, journals and their like book no room. They were passed over.",
        mend: "Leave them out of the export if you want to be rid of this note.",
        see: "RFC 5545 §3.6",
        example: "team.ics:80: ICS016 note: 3 × VTODO, not read")

    static let foreignMethod = Self(
        .warning, .source, "the calendar's METHOD books nothing",
        why: """
            REPLY, COUNTER, DECLINECOUNTER and REFRESH talk about bookings without making any. The calendar was \
            passed over.
            """,
        mend: "Export the calendar itself, with METHOD:PUBLISH or without a METHOD.",
        see: "RFC 5546 §1.4; design: conflicts, rule 3",
        example: "reply.ics:4: ICS017 warning: METHOD is REPLY, which books nothing")

    static let unsupportedVersion = Self(
        .warning, .source, "VERSION is not 2.0",
        why: """
            The file says that it is vCalendar 1.0 or something unknown. It was read as iCalendar as far as that \
            goes.
            """,
        mend: "Set the exporting program to iCalendar (VERSION:2.0).",
        see: "RFC 5545 §3.7.4",
        example: "old.ics:2: ICS018 warning: VERSION is 1.0; read as 2.0")

    static let zoneTransition = Self(
        .note, .source, "a local time does not exist, or exists twice",
        why: """
            It lies where the clocks change. A time in the gap takes the offset before the gap; of two equal times \
            the first was taken.
            """,
        mend: "Move the booking by an hour, or write its time in UTC.",
        see: "RFC 5545 §3.3.5",
        example: "team.ics:21: ICS020 note: 20270328T023000 does not exist in Europe/Berlin; read as 03:30")
}
