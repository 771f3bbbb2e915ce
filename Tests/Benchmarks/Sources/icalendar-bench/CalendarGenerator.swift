import ICalendar

/// Writes a calendar of any number of events, as a large room-booking system would export it: always the same bytes.
///
/// Every event has a zone, attendees with parameters that fold, and a description; 20 % recur, some of those with
/// EXDATE or an override; some are all-day, some have DURATION, some have an alarm.
struct CalendarGenerator {
    private var state: UInt64 = 2_026
    private(set) var bytes: [UInt8] = []

    mutating func takeBytes() -> [UInt8] {
        defer { bytes.removeAll(keepingCapacity: true) }
        return bytes
    }

    mutating func begin() {
        line("BEGIN:VCALENDAR")
        line("VERSION:2.0")
        line("PRODID:-//Example Rooms//Export 4.2//EN")
        line("X-WR-CALNAME:All rooms")
        for text in Self.timeZone { line(text) }
    }

    mutating func end() { line("END:VCALENDAR") }

    mutating func event(_ index: Int) {
        let day = below(28) + 1
        let month = below(12) + 1
        let date = "2026\(padded(month))\(padded(day))"
        let hour = 7 + below(11)
        let minute = below(4) * 15
        let rule = below(5) == 0 ? rule(below(8), month: month, day: day) : nil
        let isAllDay = rule == nil && below(40) == 0
        let time = "T\(padded(hour))\(padded(minute))00"
        begin(uid: uid(index), stamp: "\(date)T060000Z", sequence: below(4))
        if isAllDay {
            line("DTSTART;VALUE=DATE:\(date)")
        } else {
            line("DTSTART;TZID=Europe/Berlin:\(date)\(time)")
            length(date: date, hour: hour, minute: minute)
        }
        if let rule {
            line("RRULE:\(rule)")
            if below(4) == 0 { line("EXDATE;TZID=Europe/Berlin:\(date)\(time)") }
        }
        texts()
        people()
        if below(3) == 0 { alarm() }
        line("END:VEVENT")
        guard rule != nil, below(10) == 0 else { return }
        // Not below its master's: of an instance that EXDATE takes away it would be stale, a rule that libical has not.
        begin(uid: uid(index), stamp: "\(date)T060000Z", sequence: 4)
        line("RECURRENCE-ID;TZID=Europe/Berlin:\(date)\(time)")
        line("DTSTART;TZID=Europe/Berlin:\(date)T\(padded(hour + 1))\(padded(minute))00")
        length(date: date, hour: hour + 1, minute: minute)
        texts()
        line("END:VEVENT")
    }
}

// MARK: - Parts of an event

extension CalendarGenerator {
    private mutating func begin(uid: String, stamp: String, sequence: Int) {
        line("BEGIN:VEVENT")
        line("UID:\(uid)")
        line("DTSTAMP:\(stamp)")
        line("CREATED:20251101T080000Z")
        line("LAST-MODIFIED:\(stamp)")
        line("SEQUENCE:\(sequence)")
        line("STATUS:\(below(10) == 0 ? "TENTATIVE" : "CONFIRMED")")
        line("TRANSP:OPAQUE")
        line("CLASS:PUBLIC")
    }

    private mutating func length(date: String, hour: Int, minute: Int) {
        if below(10) == 0 { return line("DURATION:PT\(30 * (1 + below(4)))M") }
        line("DTEND;TZID=Europe/Berlin:\(date)T\(padded(hour + 1))\(padded(minute))00")
    }

    private mutating func texts() {
        line("SUMMARY:\(word()) \(word()) \(word())")
        line("LOCATION:Building \(1 + below(9))\\, room \(word())")
        let words = (0..<(6 + below(12))).map { _ in word() }.joined(separator: " ")
        line("DESCRIPTION:Agenda:\\n\(words)\\nJoin: https://meet.example.org/\(word())\(below(10_000))")
        line("X-EXAMPLE-ROOM;X-FLOOR=\(below(9)):room-\(below(500))")
    }

    /// Everybody is one of 2,000 people, as in a firm whose rooms these are.
    private mutating func people() {
        let organizer = person()
        line("ORGANIZER;CN=\(organizer.name):mailto:\(organizer.address)")
        for _ in 0..<(2 + below(3)) {
            let (name, address) = person()
            let status = ["NEEDS-ACTION", "ACCEPTED", "DECLINED", "TENTATIVE"][below(4)]
            line(
                "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=\(status);RSVP=TRUE;CN=\(name)"
                    + ":mailto:\(address)")
        }
    }

    private mutating func person() -> (name: String, address: String) {
        let number = below(2_000)
        let (first, last) = (Self.words[number % Self.words.count], Self.words[number / 7 % Self.words.count])
        return ("\"\(last), \(first)\"", "\(first).\(number)@example.com")
    }

    private mutating func alarm() {
        for text in ["BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-PT15M", "DESCRIPTION:Reminder", "END:VALARM"] {
            line(text)
        }
    }

    private func uid(_ index: Int) -> String {
        let digits = String(UInt64(truncatingIfNeeded: index) &* 0x9E37_79B9_7F4A_7C15, radix: 16)
        return "\(String(repeating: "0", count: 16 - digits.count))\(digits)-\(index)@rooms.example.com"
    }
}

// MARK: - Rules

extension CalendarGenerator {
    /// A rule that gives the day on which its event begins, as exporters write them: what a DTSTART outside of its rule
    /// means is undefined (RFC 5545 §3.8.5.3).
    private func rule(_ kind: Int, month: Int, day: Int) -> String {
        let weekdays = (1...day).map { CalendarDate(year: 2026, month: month, day: $0)?.weekday ?? .monday }
        let weekday = weekdays[day - 1].rawValue - 1
        switch kind {
        case 0: return "FREQ=WEEKLY;COUNT=20"
        case 1: return "FREQ=WEEKLY;INTERVAL=2;UNTIL=20261231T230000Z"
        case 2: return "FREQ=DAILY;COUNT=10"
        case 3:
            let days = [weekday, (weekday + 2) % 7, (weekday + 4) % 7].sorted().map { Self.weekdays[$0] }
            return "FREQ=WEEKLY;BYDAY=\(days.joined(separator: ","));COUNT=40"
        case 4: return "FREQ=MONTHLY;BYDAY=\((day + 6) / 7)\(Self.weekdays[weekday]);COUNT=12"
        case 5: return "FREQ=MONTHLY;BYMONTHDAY=\(day);COUNT=12"
        case 6:
            let isWeekend = weekday > 4
            let position = weekdays.count { ($0.rawValue > 5) == isWeekend }
            return "FREQ=MONTHLY;BYDAY=\(isWeekend ? "SA,SU" : "MO,TU,WE,TH,FR");BYSETPOS=\(position);COUNT=12"
        case _: return "FREQ=YEARLY;BYMONTH=\(month);BYMONTHDAY=\(day);COUNT=5"
        }
    }

    private static let weekdays = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
}

// MARK: - Lines, words, numbers

extension CalendarGenerator {
    /// Appends a content line, folded at 75 octets, wherever that falls: half of the world's exporters cut characters.
    private mutating func line(_ text: String) {
        var room = 75
        for byte in text.utf8 {
            if room == 0 {
                bytes += [13, 10, 32]
                room = 74
            }
            bytes.append(byte)
            room -= 1
        }
        bytes += [13, 10]
    }

    /// SplitMix64.
    private mutating func below(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
    }

    private mutating func word() -> String { Self.words[below(Self.words.count)] }

    private func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }

    private static let words = [
        "budget", "review", "planning", "Müller", "Ann", "quarter", "design", "Garcia", "steering", "weekly", "sales",
        "support", "board", "Kowalska", "interview", "training", "Okafor", "release", "blue", "north", "café",
        "harbour",
        "strategy", "supplier", "retrospective", "Lindqvist", "committee", "roadmap", "finance", "workshop",
    ]

    private static let timeZone = [
        "BEGIN:VTIMEZONE", "TZID:Europe/Berlin", "X-LIC-LOCATION:Europe/Berlin", "BEGIN:DAYLIGHT",
        "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200", "TZNAME:CEST", "DTSTART:19700329T020000",
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "END:DAYLIGHT", "BEGIN:STANDARD", "TZOFFSETFROM:+0200",
        "TZOFFSETTO:+0100", "TZNAME:CET", "DTSTART:19701025T030000", "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
        "END:STANDARD", "END:VTIMEZONE",
    ]
}
