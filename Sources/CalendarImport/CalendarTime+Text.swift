import ICalendar

extension CalendarTime {
    /// As RFC 5545 §3.3.4–5 writes the value, without its parameters: `20261208`, `20261208T090000`,
    /// `20261208T090000Z`.
    var basicText: String {
        switch self {
        case .date(let date): date.basicText
        case .floating(let local), .zoned(let local, tzid: _): local.basicText
        case .utc(let local): "\(local.basicText)Z"
        }
    }
}

extension CalendarDate {
    fileprivate var basicText: String { digits(year, 4) + digits(month, 2) + digits(day, 2) }
}

extension LocalDateTime {
    fileprivate var basicText: String {
        "\(date.basicText)T" + digits(hour, 2) + digits(minute, 2) + digits(second, 2)
    }
}

/// `number` with zeros before it.
private func digits(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
}
