extension SeriesOccurrence {
    /// The start as it is meant: `2026-12-08T09:00:00Z` for a time with a zone or in UTC, `2026-12-08T10:00:00` for a
    /// floating one, `2026-12-08` for whole days.
    public var startText: String {
        switch form {
        case .days(let first, _): first.extendedText
        case .floating(let start, _): start.extendedText
        case .zoned: "\(LocalDateTime(clampedEpochSecond: startInstant).extendedText)Z"
        }
    }

    /// The end in the form of `startText`; of whole days the day after the last.
    public var endText: String {
        switch form {
        case .days(_, let next): next.extendedText
        case .floating(_, let end): end.extendedText
        case .zoned: "\(LocalDateTime(clampedEpochSecond: endInstant).extendedText)Z"
        }
    }
}
