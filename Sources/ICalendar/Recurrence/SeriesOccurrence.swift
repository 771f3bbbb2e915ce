public import struct Foundation.Date

/// One instance of a series in time, after rules, exceptions and overrides.
public struct SeriesOccurrence: Hashable, Sendable {
    /// Which component of the series the instance takes its properties from.
    public enum Component: Hashable, Sendable {
        case master
        /// The number of the event in `EventSeries.overrides`.
        case override(Int)
    }

    /// What an instance is known by in its series: its RECURRENCE-ID, however that is written.
    public enum RecurrenceID: Hashable, Sendable {
        case instant(Date)
        /// Of a series of whole days.
        case date(CalendarDate)
    }

    /// The form in which the start is written, with start and end on that wall.
    public enum Form: Hashable, Sendable {
        /// Whole days: from the first to before the second one.
        case days(CalendarDate, CalendarDate)
        /// Times without a zone.
        case floating(LocalDateTime, LocalDateTime)
        /// Instants, written with a zone or in UTC.
        case zoned
    }

    public var component: Component
    /// `nil` for an event that does not recur.
    public var recurrenceID: RecurrenceID?
    /// Dates and floating times are in the resolver's default zone.
    public var start: Date
    /// Equal to `start` for a time without DTEND and DURATION; not after it where the component says so.
    public var end: Date
    public var form: Form

    init(
        _ component: Component, recurrenceID: RecurrenceID?, start: Moment, end: Moment, kind: TimeFrame.Kind
    ) {
        self.component = component
        self.recurrenceID = recurrenceID
        self.start = Date(timeIntervalSince1970: Double(start.instant))
        self.end = Date(timeIntervalSince1970: Double(end.instant))
        switch kind {
        case .date: form = .days(CalendarDate(clampedEpochDay: start.day), CalendarDate(clampedEpochDay: end.day))
        case .floating:
            form = .floating(
                LocalDateTime(clampedEpochSecond: start.wall), LocalDateTime(clampedEpochSecond: end.wall))
        case .zoned: form = .zoned
        }
    }
}

extension SeriesOccurrence.RecurrenceID {
    init(_ moment: Moment, kind: TimeFrame.Kind) {
        switch kind {
        case .date: self = .date(CalendarDate(clampedEpochDay: moment.day))
        case .floating, .zoned: self = .instant(Date(timeIntervalSince1970: Double(moment.instant)))
        }
    }
}
