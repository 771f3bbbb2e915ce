import Foundation
import ICalendar
import Testing

/// Reads the plain calendars of the vectors, so that their tests are about recurrence alone.
enum VectorEvents {
    struct Unreadable: Error { let line: String }

    static func events(_ calendar: String) throws -> [Event] {
        var events: [Event] = []
        var event: Event?
        let unfolded = calendar.replacing("\r\n ", with: "")
        for line in unfolded.split(whereSeparator: \.isNewline) {
            if line == "BEGIN:VEVENT" { event = Event() }
            if line == "END:VEVENT", let whole = event {
                events.append(whole)
                event = nil
            }
            guard event != nil, let colon = line.lastIndex(of: ":") else { continue }
            let parameters = line[..<colon].split(separator: ";").map(String.init)
            try event?.read(parameters[0], Array(parameters.dropFirst()), String(line[line.index(after: colon)...]))
        }
        return events
    }

    static func time(_ text: String, _ parameters: [String] = []) throws -> CalendarTime {
        let digits = text.compactMap(\.wholeNumberValue)
        func number(_ range: Range<Int>) -> Int { digits[range].reduce(0) { $0 * 10 + $1 } }
        guard digits.count >= 8, let date = CalendarDate(year: number(0..<4), month: number(4..<6), day: number(6..<8))
        else { throw Unreadable(line: text) }
        guard digits.count == 14 else { return .date(date) }
        let second = number(8..<10) * 3_600 + number(10..<12) * 60 + number(12..<14)
        guard let local = LocalDateTime(date: date, secondOfDay: second) else { throw Unreadable(line: text) }
        if text.hasSuffix("Z") { return .utc(local) }
        guard let tzid = parameters.first(where: { $0.hasPrefix("TZID=") }) else { return .floating(local) }
        return .zoned(local, tzid: String(tzid.dropFirst(5)))
    }

    static func duration(_ text: String) throws -> CalendarDuration {
        var duration = CalendarDuration()
        var number = 0
        for character in text {
            switch character {
            case "P", "T": break
            case "W": duration.days += number * 7
            case "D": duration.days += number
            case "H": duration.seconds += number * 3_600
            case "M": duration.seconds += number * 60
            case "S": duration.seconds += number
            default:
                guard let digit = character.wholeNumberValue else { throw Unreadable(line: text) }
                number = number * 10 + digit
                continue
            }
            number = 0
        }
        return duration
    }
}

extension Event {
    fileprivate mutating func read(_ name: String, _ parameters: [String], _ value: String) throws {
        func times() throws -> [CalendarTime] {
            try value.split(separator: ",").map { try VectorEvents.time(String($0), parameters) }
        }
        switch name {
        case "UID": uid = value
        case "SUMMARY": summary = value
        case "SEQUENCE": sequence = Int(value) ?? 0
        case "DTSTART": start = try VectorEvents.time(value, parameters)
        case "DTEND": end = try VectorEvents.time(value, parameters)
        case "DURATION": duration = try VectorEvents.duration(value)
        case "RECURRENCE-ID":
            recurrenceID = try VectorEvents.time(value, parameters)
            appliesToFuture = parameters.contains("RANGE=THISANDFUTURE")
        case "STATUS": status = Status(rawValue: value)
        case "RRULE": rules.append(try RecurrenceRule(value.utf8))
        case "EXRULE": exceptionRules.append(try RecurrenceRule(value.utf8))
        case "EXDATE": exceptionDates += try times()
        case "RDATE":
            recurrenceDates += try value.split(separator: ",").map { item in
                let parts = item.split(separator: "/").map(String.init)
                let start = try VectorEvents.time(parts[0], parameters)
                guard parts.count == 2 else { return RecurrenceDate(start: start) }
                let period: RecurrenceDate.PeriodEnd =
                    parts[1].hasPrefix("P")
                    ? .duration(try VectorEvents.duration(parts[1]))
                    : .end(try VectorEvents.time(parts[1], parameters))
                return RecurrenceDate(start: start, period: period)
            }
        default: break
        }
    }
}
