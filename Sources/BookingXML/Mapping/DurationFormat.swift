import ICalendar

/// How a mapped field writes a length.
package enum DurationFormat: String, Hashable, Sendable, CaseIterable {
    /// `PT1H30M`.
    case iso8601
    /// `5400`.
    case seconds
    /// `90`.
    case minutes
    /// `1:30`, `01:30:00`, or with days before it `0:01:30`.
    case clock

    func duration(_ bytes: ArraySlice<UInt8>) -> CalendarDuration? {
        switch self {
        case .iso8601: try? CalendarDuration(bytes)
        case .seconds: Self.number(bytes).map { CalendarDuration(seconds: $0) }
        case .minutes: Self.number(bytes).map { CalendarDuration(seconds: $0 * 60) }
        case .clock: ScheduleClock.duration(bytes)
        }
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int? {
        var cursor = ValueCursor(bytes)
        guard let number = cursor.number(atMost: 8), cursor.isAtEnd else { return nil }
        return number
    }
}
