import Diagnostics
import Foundation
import ICalendar
import Reservations

/// Turns the series of one calendar into bookings: one for the master, one for each override.
struct SeriesTranslation {
    let rules: SourceRules
    let window: ImportWindow
    let calendar: ParsedCalendar
    let path: String
    private let lengths: LengthCheck

    init(rules: SourceRules, window: ImportWindow, calendar: ParsedCalendar, path: String) {
        self.rules = rules
        self.window = window
        self.calendar = calendar
        self.path = path
        lengths = LengthCheck(rules: rules.lengths)
    }

    /// Adds what `entries` mean, and what there is to say about them, to what other series of the export mean.
    func translate(_ entries: SeriesOfEntries, into translated: inout TranslatedSeries) {
        let expansion = entries.series.expansion(in: window(for: entries), resolver: calendar.resolver)
        let found = findings(of: expansion, uid: entries.series.uid)
        translated.diagnostics += found
        noteStale(entries, into: &translated)
        guard !expansion.isRejected else {
            for entry in [entries.master].compactMap(\.self) + entries.overrides {
                reject(entry, because: found, into: &translated)
            }
            return
        }
        var occurrences = expansion.occurrences
        if occurrences.contains(where: isOver) { occurrences.removeAll(where: isOver) }
        if let master = entries.master, entries.overrides.isEmpty {
            // Nearly all: none of the occurrences is another's.
            return add(master, occurrences, isOverride: false, into: &translated)
        }
        let byComponent = Dictionary(grouping: occurrences, by: \.component)
        if let master = entries.master { add(master, byComponent[.master] ?? [], isOverride: false, into: &translated) }
        for (index, override) in entries.overrides.enumerated() {
            add(override, byComponent[.override(index)] ?? [], isOverride: true, into: &translated)
        }
    }

    private func findings(of expansion: SeriesExpansion, uid: String?) -> [Diagnostic] {
        // Nearly always.
        guard !expansion.diagnostics.isEmpty else { return [] }
        return expansion.diagnostics.filter { calendar.definesZones || $0.code != .zoneByName }
            .map { finding in
                // What the calendar says is no guess.
                let isAsSaid = finding.code == .floatingTime && calendar.namesItsZone
                var diagnostic = Diagnostic(finding, uid: uid)
                if isAsSaid { diagnostic.severity = .note }
                return diagnostic
            }
    }

    /// Recurring bookings end at the horizon; single ones take part however far ahead they are. What began earlier and
    /// may still go on is asked for too, since occurrences are found by their start.
    private func window(for entries: SeriesOfEntries) -> Range<Date> {
        let recurs = entries.master.map { !$0.event.rules.isEmpty || !$0.event.recurrenceDates.isEmpty } ?? false
        let begin = window.instants.lowerBound - lengths.longest
        return begin..<(recurs ? window.instants.upperBound : Date.distantFuture)
    }

    private func isOver(_ occurrence: SeriesOccurrence) -> Bool {
        max(occurrence.start, occurrence.end) < window.instants.lowerBound
    }

    private func add(
        _ entry: ParsedEntry, _ occurrences: [SeriesOccurrence], isOverride: Bool,
        into translated: inout TranslatedSeries
    ) {
        let participation = entry.event.participation(calledOff: calendar.cancels)
        guard participation != .cancelled else {
            translated.bookings.append(calledOff(entry, occurrences, isOverride: isOverride))
            return
        }
        let rooms = translated.rooms.rooms(of: entry, by: self)
        var findings = rooms.diagnostics
        var settings = RoomSettings()
        let isProtected = settings.take(entry.settings, findings: &findings)
        let slots = lengths.slots(of: occurrences, findings: &findings)
        translated.note(findings, about: entry.event)
        guard !rooms.rooms.isEmpty, isProtected, let slots else {
            return reject(entry, because: findings, into: &translated)
        }
        let booking = booking(
            of: entry, participation, in: rooms.rooms, settings.falling(backTo: rules.settings), slots, occurrences,
            isOverride: isOverride)
        translated.note(AdmissionCheck(rules: rules).findings(on: booking))
        translated.bookings.append(booking)
    }

    func rooms(of entry: ParsedEntry) -> RoomResolution {
        rules.rooms.rooms(of: entry, calendar: calendar, path: path)
    }

    /// What calls a booking off need not say where and how long it was (RFC 5546 §3.2.5): nothing of it is complained
    /// about.
    private func calledOff(_ entry: ParsedEntry, _ occurrences: [SeriesOccurrence], isOverride: Bool) -> Booking {
        var ignored: [Diagnostic] = []
        let slots = lengths.slots(of: occurrences, findings: &ignored) ?? []
        let rooms = rooms(of: entry).rooms
        return booking(
            of: entry, .cancelled, in: rooms, RoomSettings(), slots, occurrences, isOverride: isOverride)
    }

    /// Says of entries with one UID that one of them counts.
    private func noteStale(_ entries: SeriesOfEntries, into translated: inout TranslatedSeries) {
        guard let master = entries.master else { return }
        for entry in entries.superseded where entry.digest != master.digest {
            let message = revision(of: entry).whyOlder(than: revision(of: master), of: "line \(master.event.line)")
            translated.diagnostics.append(
                Diagnostic(.staleRevision, line: entry.event.line, uid: entry.event.uid, message))
        }
    }
}
