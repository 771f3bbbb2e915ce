import ICalendar

extension CalendarTime {
    /// As RFC 5545 §3.3.4–5 writes the value, without its parameters: `20261208`, `20261208T090000`,
    /// `20261208T090000Z`.
    var basicText: String {
        switch self {
        case .date(let date): date.basicText
        case .floating(let local), .zoned(let local, tzid: _): local.basicText
        case .utc(let local): local.basicText + "Z"
        }
    }
}

extension CalendarDate {
    fileprivate var basicText: String {
        var text = ""
        // With a time of day after it.
        text.reserveCapacity(16)
        text.append(year, digits: 4)
        text.append(month, digits: 2)
        text.append(day, digits: 2)
        return text
    }
}

extension LocalDateTime {
    fileprivate var basicText: String {
        var text = date.basicText
        text += "T"
        text.append(hour, digits: 2)
        text.append(minute, digits: 2)
        text.append(second, digits: 2)
        return text
    }
}

extension String {
    /// Appends `number` with zeros before it.
    fileprivate mutating func append(_ number: Int, digits: Int) {
        let text = String(number)
        for _ in 0..<max(0, digits - text.utf8.count) { self += "0" }
        self += text
    }
}
