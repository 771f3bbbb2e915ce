public import struct Foundation.Date

/// The components of one UID that belong together: a master, or none, and the instances that were changed.
public struct EventSeries: Sendable {
    /// Shared by all series of a calendar, so that grouping copies no event.
    let events: [Event]
    /// The master's number among the events that `grouping` was given.
    public private(set) var masterIndex: Int?
    /// The overrides' numbers among the events that `grouping` was given.
    public private(set) var overrideIndices: [Int]

    /// A series of events that the caller has put together; their UIDs are not compared.
    public init(master: Event?, overrides: [Event] = []) {
        events = [master].compactMap(\.self) + overrides
        masterIndex = master == nil ? nil : 0
        overrideIndices = Array(events.indices.dropFirst(master == nil ? 0 : 1))
    }

    /// The series of an event that is alone with its UID.
    public init(of event: Event) {
        // Asked by a pattern: to compare with nil copies the time.
        let isOverride = if case .some = event.recurrenceID { true } else { false }
        self.init(events: [event], masterIndex: isOverride ? nil : 0, overrideIndices: isOverride ? [0] : [])
    }

    private init(events: [Event], masterIndex: Int?, overrideIndices: [Int]) {
        self.events = events
        self.masterIndex = masterIndex
        self.overrideIndices = overrideIndices
    }

    /// The UID that its events have in common; `nil` or empty for an event without one.
    public var uid: String? { (masterIndex ?? overrideIndices.first).flatMap { events[$0].uid } }

    /// The component without RECURRENCE-ID.
    public var master: Event? { masterIndex.map { events[$0] } }

    /// The components with RECURRENCE-ID, in order of appearance.
    public var overrides: [Event] { overrideIndices.map { events[$0] } }

    /// The event that an occurrence takes its properties from. The component is one of this series' occurrences.
    public func event(of component: SeriesOccurrence.Component) -> Event {
        switch component {
        case .master: events[masterIndex ?? 0]
        case .override(let number): events[overrideIndices[number]]
        }
    }

    /// The occurrences that begin in the window, in order of start, then of end, after overrides.
    ///
    /// - An override stands in for the instance that its RECURRENCE-ID names, and is found by its own start.
    /// - With RANGE=THISANDFUTURE it moves all later instances by as much on the wall, and gives them its length.
    /// - One that names no instance is an occurrence of its own, or stale and left out if its SEQUENCE is below the
    ///   master's (ICS014).
    /// - Of several for one instance the greatest in (SEQUENCE, LAST-MODIFIED or else DTSTAMP) counts, of equal ones
    ///   the first.
    ///
    /// Cancelled components give occurrences too: their status is for the caller to judge.
    public func occurrences(
        in window: Range<Date>, resolver: TimeZoneResolver, limits: RecurrenceLimits = RecurrenceLimits()
    ) -> SeriesOccurrences {
        SeriesOccurrences(self, window: window, resolver, limits)
    }
}

extension EventSeries {
    /// Puts the events of one calendar together by UID, in order of first appearance.
    ///
    /// UIDs are compared byte by byte, decoded. Of several masters with one UID the greatest in (SEQUENCE,
    /// LAST-MODIFIED or else DTSTAMP) counts, of equal ones the first; overrides are all kept. Each event without UID
    /// is a series of its own.
    public static func grouping(_ events: [Event]) -> [EventSeries] {
        var series: [EventSeries] = []
        series.reserveCapacity(events.count)
        /// Of each event the series that it is in.
        var places: [Int] = []
        places.reserveCapacity(events.count)
        var table = UIDTable(count: events.count)
        for index in events.indices {
            let isOverride = events[index].recurrenceID != nil
            if let before = table.last(index, of: events) {
                series[places[before]].add(index, isOverride: isOverride)
                places.append(places[before])
                continue
            }
            places.append(series.count)
            series.append(
                EventSeries(
                    events: events, masterIndex: isOverride ? nil : index, overrideIndices: isOverride ? [index] : []))
        }
        return series
    }

    /// A series of all events, which have one UID or none.
    init(sameUID events: consuming [Event]) {
        self.init(events: events, masterIndex: nil, overrideIndices: [])
        for index in self.events.indices { add(index, isOverride: self.events[index].recurrenceID != nil) }
    }

    private mutating func add(_ index: Int, isOverride: Bool) {
        if isOverride {
            overrideIndices.append(index)
        } else if masterIndex.map({ events[index].isLaterRevision(than: events[$0]) }) ?? true {
            masterIndex = index
        }
    }
}

extension Event {
    /// By SEQUENCE, then by LAST-MODIFIED, or DTSTAMP where that is missing.
    func isLaterRevision(than other: Event) -> Bool {
        guard sequence == other.sequence else { return sequence > other.sequence }
        return revisionSecond > other.revisionSecond
    }

    /// Both properties are in UTC by RFC 5545 §3.8.7; what is not is taken as if it were.
    private var revisionSecond: Int {
        switch lastModified ?? stamp {
        case nil: Int.min
        case .date(let date): date.epochDay * 86_400
        case .floating(let local), .utc(let local), .zoned(let local, tzid: _): local.epochSecond
        }
    }
}

extension UIDTable {
    /// The same for the UID of an event; `nil` without one.
    fileprivate mutating func last(_ index: Int, of events: [Event]) -> Int? {
        guard let uid = events[index].uid, !uid.isEmpty else { return nil }
        let bytes = uid.utf8.span
        return last(bytes.hash(of: bytes.indices), replacedBy: index) { other in
            events[other].uid.map { $0.utf8.elementsEqual(uid.utf8) } ?? false
        }
    }
}
