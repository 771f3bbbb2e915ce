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

    package func makeIterator() -> Iterator {
        switch source {
        case .list(let entries): Iterator(listed: entries.makeIterator(), lost: [], lineOffset: 0)
        case .calendar(let calendar, let lost):
            Iterator(
                listed: [].makeIterator(), events: calendar.events.makeIterator(), lost: lost, lineOffset: lineOffset)
        }
    }

    package struct Iterator: IteratorProtocol {
        fileprivate var listed: IndexingIterator<[ParsedEntry]>
        /// Those of a calendar, of which none is listed.
        fileprivate var events: EventSequence.Iterator?
        fileprivate let lost: Set<SettingName>
        fileprivate let lineOffset: Int

        package mutating func next() -> ParsedEntry? {
            if let entry = listed.next() { return entry }
            return events?.next().map { ParsedEntry($0, lostOutside: lost, lineOffset: lineOffset) }
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
