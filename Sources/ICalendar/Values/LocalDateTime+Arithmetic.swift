/// Seconds on the wall, counted from 1970-01-01T00:00:00 in whatever zone the wall stands.
extension LocalDateTime {
    /// Seconds since 1970-01-01T00:00:00 of the same wall; an instant only once an offset is taken off.
    public var epochSecond: Int { date.epochDay * 86_400 + secondOfDay }

    /// `nil` outside the years 1...9999.
    public init?(epochSecond: Int) {
        let day = epochSecond.quotient(86_400)
        guard let date = CalendarDate(epochDay: day) else { return nil }
        self.init(date: date, secondOfDay: epochSecond - day * 86_400)
    }

    /// The nearest day within the years 1...9999, at the time of the day given.
    init(clampedEpochSecond epochSecond: Int) {
        let day = epochSecond.quotient(86_400)
        self.init(date: CalendarDate(clampedEpochDay: day), knownSecondOfDay: epochSecond - day * 86_400)
    }
}
