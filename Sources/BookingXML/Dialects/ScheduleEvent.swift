import ICalendar

/// Reads one `event` of a schedule.xml.
struct ScheduleEvent {
    private let record: XMLRecord
    private let conference: ScheduleConference
    /// `day/@date` and `room/@name`, as they are written; empty where they are absent.
    private let day: String
    private let room: String
    private var booking = XMLBooking(event: Event())

    init(record: XMLRecord, conference: ScheduleConference, day: String, room: String) {
        self.record = record
        self.conference = conference
        self.day = day
        self.room = room
    }

    consuming func item() -> XMLItem {
        booking.event.line = record.line
        booking.event.uid = uid
        do throws(XMLDiagnostic) {
            try read()
            return .booking(booking)
        } catch {
            return .rejected(XMLRejection(uid: uid, line: record.line, diagnostics: [error]))
        }
    }

    private mutating func read() throws(XMLDiagnostic) {
        guard booking.event.uid != nil else {
            throw record.rejection(.missingElement, 0, "the event has neither guid nor id")
        }
        let named = room.isEmpty ? text(.room) : room
        guard !named.isEmpty else { throw record.rejection(.missingElement, 0, "the event has no room") }
        booking.rooms = [named]
        booking.event.summary = text(.title)
        booking.event.url = text(.url)
        booking.event.start = try start()
        guard let duration = record.child(.duration, of: 0) else {
            throw record.rejection(.missingElement, 0, "the event has no duration")
        }
        guard let length = ScheduleClock.duration(record.value(duration)) else {
            throw record.badValue(duration, "no length such as 00:45, 1:02:30 or 00:45:00")
        }
        booking.event.duration = length
    }

    /// `@guid`, else `@id` with the conference's acronym or title, since ids begin anew each year.
    private var uid: String? {
        if let guid = record.token(.guid, of: 0), !guid.isEmpty { return guid }
        guard let id = record.token(.id, of: 0), !id.isEmpty else { return nil }
        return [id, conference.acronym ?? conference.title].compactMap(\.self).joined(separator: "@")
    }

    /// `date`, else the day's date with the clock of `start`; hours before the day's change belong to the next date.
    private func start() throws(XMLDiagnostic) -> CalendarTime {
        if let date = record.child(.date, of: 0), !record.value(date).isEmpty {
            let time = try record.time(date)
            guard time.isDate else { return time.calendarTime(zone: conference.zone) }
        }
        guard let start = record.child(.start, of: 0) else {
            throw record.rejection(.missingElement, 0, "the event has no start")
        }
        guard let second = ScheduleClock.secondOfDay(record.value(start)) else {
            throw record.badValue(start, "no time of day")
        }
        guard case .date(let date)? = XMLTime(Array(day.utf8)[...].trimmed) else {
            throw record.rejection(.badValue, 0, "the date of the day is \(day.quoted), no date")
        }
        let isNextDate = second < conference.dayChange ?? 0
        guard
            let local = date.adding(days: isNextDate ? 1 : 0).flatMap({ LocalDateTime(date: $0, secondOfDay: second) })
        else { throw record.badValue(start, "beyond the calendar") }
        return XMLTime.local(local).calendarTime(zone: conference.zone)
    }

    private func text(_ name: XMLName) -> String { record.child(name, of: 0).map { record.string($0) } ?? "" }
}

/// Times of day and lengths as schedules write them.
enum ScheduleClock {
    /// `10:30` or `10:30:00`.
    static func secondOfDay(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard let parts = numbers(bytes), (2...3).contains(parts.count) else { return nil }
        let (hour, minute, second) = (parts[0].value, parts[1].value, parts.count > 2 ? parts[2].value : 0)
        guard hour < 24, minute < 60, second < 60 else { return nil }
        return hour * 3_600 + minute * 60 + second
    }

    /// `HH:MM`, `HH:MM:SS`, or `D:HH:MM`: three numbers of which the first has a single digit begin with days.
    static func duration(_ bytes: ArraySlice<UInt8>) -> CalendarDuration? {
        guard let parts = numbers(bytes), (2...3).contains(parts.count) else { return nil }
        let values = parts.map(\.value)
        guard values.dropFirst().allSatisfy({ $0 < 60 }) else { return nil }
        guard parts.count == 3 else { return CalendarDuration(seconds: values[0] * 3_600 + values[1] * 60) }
        guard parts[0].digits == 1 else {
            return CalendarDuration(seconds: values[0] * 3_600 + values[1] * 60 + values[2])
        }
        return CalendarDuration(seconds: values[0] * 86_400 + values[1] * 3_600 + values[2] * 60)
    }

    /// Numbers of at most three digits between colons.
    private static func numbers(_ bytes: ArraySlice<UInt8>) -> [(value: Int, digits: Int)]? {
        var parts: [(value: Int, digits: Int)] = []
        for part in bytes.split(separator: UInt8(ascii: ":"), maxSplits: 3, omittingEmptySubsequences: false) {
            var cursor = ValueCursor(part)
            guard let value = cursor.number(atMost: 3), cursor.isAtEnd else { return nil }
            parts.append((value, part.count))
        }
        return parts
    }
}
