import ICalendar

extension CalendarTime {
    /// As RFC 5545 §3.3.4–5 writes the value, without its parameters: `20261208`, `20261208T090000`,
    /// `20261208T090000Z`.
    var basicText: String {
        switch self {
        case .date(let date): basicText(date)
        case .floating(let local), .zoned(let local, tzid: _): basicText(local.date, local)
        case .utc(let local): basicText(local.date, local, UInt8(ascii: "Z"))
        }
    }

    private func basicText(_ date: CalendarDate, _ time: LocalDateTime? = nil, _ suffix: UInt8? = nil) -> String {
        var text = ASCIIText()
        text.append(date.year, digits: 4)
        text.append(date.month, digits: 2)
        text.append(date.day, digits: 2)
        if let time {
            text.append(UInt8(ascii: "T"))
            text.append(time.hour, digits: 2)
            text.append(time.minute, digits: 2)
            text.append(time.second, digits: 2)
        }
        if let suffix { text.append(suffix) }
        return text.string
    }
}

extension ASCIIText {
    /// Appends the last so many digits of `number`, zeros before it included.
    fileprivate mutating func append(_ number: Int, digits: Int) {
        var unit = 1
        for _ in 1..<digits { unit *= 10 }
        while unit > 0 {
            append(UInt8(ascii: "0") + UInt8(number / unit % 10))
            unit /= 10
        }
    }
}
