import Diagnostics
import Foundation
import ICalendar
import Reservations

/// One series on its way to bookings: one for the master, one for each override.
struct SeriesTranslation {
    let rules: SourceRules
    let window: ImportWindow
    let calendar: ParsedCalendar
    let path: String
    private(set) var bookings: [Booking] = []
    var rejectedUIDs: Set<String> = []
    var rejectedRequests: [RejectedRequest] = []
    private(set) var diagnostics: [Diagnostic] = []

    init(rules: SourceRules, window: ImportWindow, calendar: ParsedCalendar, path: String) {
        self.rules = rules
        self.window = window
        self.calendar = calendar
        self.path = path
    }

    mutating func add(_ entries: SeriesOfEntries) {
        let expansion = entries.series.expansion(in: window(for: entries.series), resolver: calendar.resolver)
        let uid = entries.series.uid
        let found = expansion.diagnostics.filter { calendar.definesZones || $0.code != .zoneByName }
            .map { finding in
                // What the calendar says is no guess.
                let isAsSaid = finding.code == .floatingTime && calendar.namesItsZone
                var diagnostic = Diagnostic(finding, uid: uid)
                if isAsSaid { diagnostic.severity = .note }
                return diagnostic
            }
        diagnostics += found
        noteStale(entries)
        guard !expansion.isRejected else {
            for entry in [entries.master].compactMap(\.self) + entries.overrides { reject(entry, because: found) }
            return
        }
        var byComponent: [SeriesOccurrence.Component: [SeriesOccurrence]] = [:]
        for occurrence in expansion.occurrences where !isOver(occurrence) {
            byComponent[occurrence.component, default: []].append(occurrence)
        }
        if let master = entries.master { add(master, byComponent[.master] ?? [], isOverride: false) }
        for (index, override) in entries.overrides.enumerated() {
            add(override, byComponent[.override(index)] ?? [], isOverride: true)
        }
    }

    /// Recurring bookings end at the horizon; single ones take part however far ahead they are. What began earlier and
    /// may still go on is asked for too, since occurrences are found by their start.
    private func window(for series: EventSeries) -> Range<Date> {
        let recurs = series.master.map { !$0.rules.isEmpty || !$0.recurrenceDates.isEmpty } ?? false
        let begin = window.instants.lowerBound - rules.lengths.longest
        return begin..<(recurs ? window.instants.upperBound : Date.distantFuture)
    }

    private func isOver(_ occurrence: SeriesOccurrence) -> Bool {
        max(occurrence.start, occurrence.end) < window.instants.lowerBound
    }

    private mutating func add(_ entry: ParsedEntry, _ occurrences: [SeriesOccurrence], isOverride: Bool) {
        let event = entry.event
        let participation = event.participation(calledOff: calendar.cancels)
        guard participation != .cancelled else { return addCalledOff(entry, occurrences, isOverride: isOverride) }
        let rooms = rules.rooms.rooms(of: entry, calendar: calendar, path: path)
        var findings = rooms.diagnostics
        var settings = RoomSettings()
        let isProtected = settings.take(entry.settings, findings: &findings)
        let slots = LengthCheck(rules: rules.lengths).slots(of: occurrences, findings: &findings)
        note(findings, about: event)
        guard !rooms.rooms.isEmpty, isProtected, let slots else {
            reject(entry, because: findings)
            return
        }
        var booking = booking(of: entry, participation, in: rooms.rooms, slots, occurrences, isOverride: isOverride)
        booking.settings = settings.falling(backTo: rules.settings)
        diagnostics += AdmissionCheck(rules: rules).findings(on: booking).filter { !diagnostics.contains($0) }
        bookings.append(booking)
    }

    /// What calls a booking off need not say where and how long it was (RFC 5546 §3.2.5): nothing of it is complained
    /// about.
    private mutating func addCalledOff(_ entry: ParsedEntry, _ occurrences: [SeriesOccurrence], isOverride: Bool) {
        var ignored: [Diagnostic] = []
        let slots = LengthCheck(rules: rules.lengths).slots(of: occurrences, findings: &ignored) ?? []
        let rooms = rules.rooms.rooms(of: entry, calendar: calendar, path: path).rooms
        bookings.append(booking(of: entry, .cancelled, in: rooms, slots, occurrences, isOverride: isOverride))
    }

    private func booking(
        of entry: ParsedEntry, _ participation: Participation, in rooms: [BookedRoom], _ slots: [Occurrence],
        _ occurrences: [SeriesOccurrence], isOverride: Bool
    ) -> Booking {
        let event = entry.event
        var booking = Booking(
            key: key(of: event, isOverride ? occurrences.first?.recurrenceID : nil, isOverride: isOverride),
            revision: revision(of: entry), participation: participation,
            created: event.created.flatMap(instant), owner: event.organizer.flatMap(\.participant),
            attendees: event.people, roomAddress: rooms.count == 1 ? event.roomAddress : nil,
            summary: event.publicSummary, rooms: rooms, occurrences: slots, line: event.line)
        if booking.key.uid.isEmpty {
            booking.key.uid = booking.derivedUID(source: rules.source, summary: event.summary)
        }
        return booking
    }

    /// Says of entries with one UID that one of them counts.
    private mutating func noteStale(_ entries: SeriesOfEntries) {
        guard let master = entries.master else { return }
        for entry in entries.superseded where entry.digest != master.digest {
            let message = revision(of: entry).whyOlder(than: revision(of: master), of: "line \(master.event.line)")
            diagnostics.append(
                Diagnostic(.staleRevision, line: entry.event.line, uid: entry.event.uid, message))
        }
    }

    private mutating func note(_ findings: [Diagnostic], about event: Event) {
        diagnostics += findings.map { finding in
            var located = finding
            located.line = event.line
            located.uid = event.uid
            return located
        }
    }

    func key(
        of event: Event, _ recurrenceID: SeriesOccurrence.RecurrenceID?, isOverride: Bool
    ) -> BookingKey {
        let scope =
            switch rules.uidScope {
            case .global: ""
            case .source: rules.source
            }
        guard isOverride else { return BookingKey(scope: scope, uid: event.uid ?? "") }
        let replaced = recurrenceID.map { RecurrenceID($0) } ?? event.recurrenceID.flatMap(named)
        return BookingKey(scope: scope, uid: event.uid ?? "", recurrenceID: replaced)
    }

    /// For an override none of whose occurrences is in the window.
    private func named(_ time: CalendarTime) -> RecurrenceID? {
        switch time {
        case .date(let date): RecurrenceID(date)
        case .floating, .utc, .zoned: instant(time).map { RecurrenceID($0) }
        }
    }

    private func revision(of entry: ParsedEntry) -> Revision {
        Revision(
            sequence: entry.event.sequence,
            modified: (entry.event.lastModified ?? entry.event.stamp).flatMap(instant)
                ?? Date(timeIntervalSince1970: 0),
            sourcePriority: rules.priority, digest: entry.digest, source: rules.source
        )
    }

    private func instant(_ time: CalendarTime) -> Date? {
        switch time {
        case .date(let date):
            LocalDateTime(date: date, secondOfDay: 0).map(calendar.resolver.defaultZone.instant)
        case .floating(let local): calendar.resolver.defaultZone.instant(of: local)
        case .utc(let local): TimeZoneDefinition.utc.instant(of: local)
        case .zoned(let local, let tzid): calendar.resolver.resolve(tzid, line: 0).zone.instant(of: local)
        }
    }
}
