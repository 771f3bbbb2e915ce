import ICalendar

/// The entries of a calendar in the order of the file. Those of iCalendar are decoded each time that they are asked
/// for, so that not all of a large calendar are in memory at once.
package struct CalendarEntries: Sequence, Sendable {
    private enum Source {
        case list([ParsedEntry])
        case calendar(CalendarObject, lost: Set<SettingName>)
    }

    private let source: Source
    /// What the lines of iCalendar inside another file are moved by.
    private var lineOffset = 0

    package init(_ entries: [ParsedEntry]) { source = .list(entries) }

    /// - Parameter lost: settings that the calendar has, and that may have been meant for its entries.
    init(of calendar: CalendarObject, lost: Set<SettingName>) { source = .calendar(calendar, lost: lost) }

    package func makeIterator() -> AnyIterator<ParsedEntry> {
        switch source {
        case .list(let entries): return AnyIterator(entries.makeIterator())
        case .calendar(let calendar, let lost):
            var events = calendar.events.makeIterator()
            return AnyIterator { [lineOffset] in
                events.next().map { ParsedEntry($0, lostOutside: lost).shifted(by: lineOffset) }
            }
        }
    }

    /// Which UIDs several of them have.
    var repeated: RepeatedUIDs {
        var counts = EntryCounts()
        switch source {
        case .list(let entries):
            for entry in entries where !entry.isRejected { counts.note(entry.event.uid) }
        case .calendar(let calendar, _):
            for component in calendar.component.components where component.kind == .event {
                counts.note(component.first(.uid)?.text)
            }
        }
        return counts.repeated
    }

    mutating func shiftLines(by offset: Int) { lineOffset += offset }
}
