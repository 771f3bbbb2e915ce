extension CalendarDate {
    /// `2026-12-08`
    public var extendedText: String { "\(digits(year, 4))-\(digits(month, 2))-\(digits(day, 2))" }
}

extension LocalDateTime {
    /// `2026-12-08T09:00:00`
    public var extendedText: String {
        "\(date.extendedText)T\(digits(hour, 2)):\(digits(minute, 2)):\(digits(second, 2))"
    }
}

/// `number` with zeros before it.
private func digits(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
}
