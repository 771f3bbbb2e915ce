extension CalendarTime {
    /// The value as RFC 5545 §3.3.4–5 writes it: `20261108`, `20261108T100000`, `20261108T100000Z`. The zone of a zoned
    /// time belongs into the TZID parameter.
    public var valueText: String {
        switch self {
        case .date(let date): date.valueText
        case .floating(let local), .zoned(let local, _): local.valueText
        case .utc(let local): local.valueText + "Z"
        }
    }
}

extension CalendarDate {
    /// `20261108`
    fileprivate var valueText: String { year.padded(to: 4) + month.padded(to: 2) + day.padded(to: 2) }
}

extension LocalDateTime {
    /// `20261108T100000`
    fileprivate var valueText: String {
        "\(date.valueText)T\(hour.padded(to: 2))\(minute.padded(to: 2))\(second.padded(to: 2))"
    }
}

extension Int {
    fileprivate func padded(to width: Int) -> String {
        let digits = String(self)
        return String(repeating: "0", count: Swift.max(width - digits.count, 0)) + digits
    }
}

extension CalendarDuration {
    /// The value as RFC 5545 §3.3.6 writes it: `P1DT2H30M`, `-PT15M`, `PT0S`.
    public var valueText: String {
        let (days, seconds) = (abs(days), abs(seconds))
        var text = self.days < 0 || self.seconds < 0 ? "-P" : "P"
        if days > 0 { text += "\(days)D" }
        guard seconds > 0 || days == 0 else { return text }
        text += "T"
        let (hours, minutes, rest) = (seconds / 3_600, seconds / 60 % 60, seconds % 60)
        if hours > 0 { text += "\(hours)H" }
        // No part may be left out between two others: `PT1H0M5S`.
        if minutes > 0 || (hours > 0 && rest > 0) { text += "\(minutes)M" }
        if rest > 0 || seconds == 0 { text += "\(rest)S" }
        return text
    }
}
