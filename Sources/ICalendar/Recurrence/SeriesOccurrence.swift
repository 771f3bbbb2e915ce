public import struct Foundation.Date

/// One instance of a series in time, after rules, exceptions and overrides.
public struct SeriesOccurrence: Hashable, Sendable {
    /// Which component of the series the instance takes its properties from.
    public enum Component: Hashable, Sendable {
        /// The component without RECURRENCE-ID.
        case master
        /// The number of the event in `EventSeries.overrides`.
        case override(Int)
    }

    /// What an instance is known by in its series: its RECURRENCE-ID, however that is written.
    public enum RecurrenceID: Hashable, Sendable {
        /// Of a series of times.
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

    let startInstant: Int
    let endInstant: Int
    private let originalInstant: Int
    // Kept small, since there may be many: 48 bytes. The walls are what has to be added to the instants.
    private let startOffset: Int32
    private let endOffset: Int32
    private let originalOffset: Int32
    /// The number of the override, or −1.
    private let source: Int32
    private let hasOriginal: Bool
    private let kind: TimeFrame.Kind
    private let seriesKind: TimeFrame.Kind

    /// - Parameters:
    ///   - override: its number; `nil` for the master.
    ///   - original: the start that the master gives it; `nil` for an event that does not recur.
    ///   - kind: the form of the component's own times, beside that of the series.
    init(
        override: Int?, original: Moment?, seriesKind: TimeFrame.Kind, start: Moment, end: Moment, kind: TimeFrame.Kind
    ) {
        source = Int32(clamping: override ?? -1)
        self.seriesKind = seriesKind
        self.kind = kind
        (startInstant, startOffset) = (start.instant, start.offset)
        (endInstant, endOffset) = (end.instant, end.offset)
        hasOriginal = original != nil
        (originalInstant, originalOffset) = (original?.instant ?? 0, original?.offset ?? 0)
    }

    /// Which component of the series the instance takes its properties from.
    public var component: Component { source < 0 ? .master : .override(Int(source)) }

    /// `nil` for an event that does not recur.
    public var recurrenceID: RecurrenceID? {
        guard hasOriginal else { return nil }
        switch seriesKind {
        case .date:
            let wall = originalInstant + Int(originalOffset)
            return .date(CalendarDate(clampedEpochDay: wall.quotient(86_400)))
        case .floating, .zoned: return .instant(Date(timeIntervalSince1970: Double(originalInstant)))
        }
    }

    /// Dates and floating times are in the resolver's default zone.
    public var start: Date { Date(timeIntervalSince1970: Double(startInstant)) }

    /// Equal to `start` for a time without DTEND and DURATION; not after it where the component says so.
    public var end: Date { Date(timeIntervalSince1970: Double(endInstant)) }

    private var startWall: Int { startInstant + Int(startOffset) }
    private var endWall: Int { endInstant + Int(endOffset) }

    /// How start and end are written.
    public var form: Form {
        switch kind {
        case .date:
            .days(
                CalendarDate(clampedEpochDay: startWall.quotient(86_400)),
                CalendarDate(clampedEpochDay: endWall.quotient(86_400)))
        case .floating:
            .floating(LocalDateTime(clampedEpochSecond: startWall), LocalDateTime(clampedEpochSecond: endWall))
        case .zoned: .zoned
        }
    }
}

extension Moment {
    /// From the instant to the wall: less than two days, since no zone is further from another.
    fileprivate var offset: Int32 { Int32(clamping: wall - instant) }
}

extension SeriesOccurrence {
    /// By start, then by end.
    func comes(before other: SeriesOccurrence) -> Bool {
        (startInstant, endInstant) < (other.startInstant, other.endInstant)
    }
}
