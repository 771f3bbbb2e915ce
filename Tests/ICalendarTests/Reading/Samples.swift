import Testing

/// Small documents with the faults of real producers; names and addresses are invented.
struct Sample: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    /// Whether it is a single VCALENDAR that ends at the end.
    var isOneCalendar = true

    var testDescription: String { name }

    static let all: [Sample] = [
        Sample(
            name: "web calendar",
            bytes: Array(
                calendar(
                    "BEGIN:VTIMEZONE\nTZID:Europe/Berlin\nBEGIN:STANDARD\nDTSTART:19701025T030000\nTZOFFSETFROM:+0200\n"
                        + "TZOFFSETTO:+0100\nEND:STANDARD\nEND:VTIMEZONE\nBEGIN:VEVENT\nUID:a1@example.com\n"
                        + "DTSTART;TZID=Europe/Berlin:20261108T100000\nDTEND;TZID=Europe/Berlin:20261108T110000\n"
                        + "RRULE:FREQ=WEEKLY;COUNT=4\nEXDATE;TZID=Europe/Berlin:20261115T100000\nSEQUENCE:2\n"
                        + "ATTENDEE;CUTYPE=ROOM;PARTSTAT=ACCEPTED;CN=\"Blue: 4th floor\":mailto:blue@\n example.com\n"
                        + "SUMMARY:Planning\\, part 1\nEND:VEVENT",
                    header: "VERSION:2.0\nX-WR-CALNAME:Rooms\nX-WR-TIMEZONE:Europe/Berlin"
                ).utf8)),
        Sample(
            name: "vCalendar 1.0",
            bytes: Array(
                ("BEGIN:VCALENDAR\r\nVERSION:1.0\r\nDAYLIGHT:TRUE;-05;20260329T020000;20261025T030000;EST;EDT\r\n"
                    + "BEGIN:VEVENT\r\nDTSTART:20261108T100000Z\r\nDTEND:20261108T110000Z\r\n"
                    + "SUMMARY;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:caf=C3=A9=0D=0A=\r\nsecond line\r\n"
                    + "LOCATION;QUOTED-PRINTABLE:Gr=FCn\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n").utf8)),
        Sample(
            name: "lower case, bare LF, groups, blank lines",
            bytes: Array(
                ("begin:vcalendar\nversion:2.0\n\nbegin:vevent\nitem1.uid:b2\ndtstart;value=date:20261108\n\n"
                    + "duration:P1D\nstatus:confirmed\ntransp:transparent\nend:vevent\nend:vcalendar\n").utf8)),
        Sample(
            name: "faults",
            bytes: Array(
                ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:c3\r\nDTSTART:20261108\r\ngarbage\r\n"
                    + "BEGIN:VALARM\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nDTSTART:2026-11-08T10:00:00Z\r\nDTEND:x\r\n"
                    + "END:VEVENT\r\nBEGIN:VTODO\r\nEND:VTODO\r\nEND:VCALENDAR\r\n").utf8)),
        Sample(
            name: "UTF-16",
            bytes: [0xFF, 0xFE] + event(goodLines).utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }),
        Sample(
            name: "periods and overrides",
            bytes: Array(
                event(
                    "UID:d4", "DTSTART:20261108T100000Z", "DURATION:PT1H",
                    "RECURRENCE-ID;RANGE=THISANDFUTURE:20261108T090000Z",
                    "RDATE;VALUE=PERIOD:20261110T100000Z/PT2H,20261111T100000Z/20261111T103000Z",
                    "CONFERENCE;VALUE=URI;FEATURE=AUDIO:https://meet.example.org/x", "CLASS:private",
                    "X-ROOM;X-A=^n^'^^:r1"
                ).utf8)),
        Sample(name: "two calendars", bytes: Array((event(goodLines) + event(goodLines)).utf8), isOneCalendar: false),
    ]
}
