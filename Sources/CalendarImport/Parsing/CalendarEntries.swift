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
        case .list(let entries): Iterator(listed: entries)
        case .calendar(let calendar, let lost):
            Iterator(
                events: calendar.events(decoding: .everythingButNames).makeIterator(), lost: lost,
                lineOffset: lineOffset)
        }
    }

    package struct Iterator: IteratorProtocol {
        private var listed: IndexingIterator<[ParsedEntry]>
        /// Those of a calendar, of which none is listed.
        private var events: EventSequence.Iterator?
        private let lost: Set<SettingName>
        private let lineOffset: Int
        /// Of the entry that came last.
        private var unfolded: [UInt8] = []

        fileprivate init(
            listed: [ParsedEntry] = [], events: EventSequence.Iterator? = nil, lost: Set<SettingName> = [],
            lineOffset: Int = 0
        ) {
            self.listed = listed.makeIterator()
            self.events = events
            self.lost = lost
            self.lineOffset = lineOffset
        }

        /// More is not kept for the next one.
        private static let keptBytes = 64 << 10

        package mutating func next() -> ParsedEntry? {
            if let entry = listed.next() { return entry }
            guard let decoded = events?.next() else { return nil }
            if unfolded.capacity > Self.keptBytes { unfolded = [] }
            unfolded.removeAll(keepingCapacity: true)
            decoded.component.appendUnfolded(to: &unfolded)
            return ParsedEntry(decoded, unfolded: unfolded, lostOutside: lost, lineOffset: lineOffset)
        }
    }

    /// Which UIDs several of them have.
    var repeated: RepeatedUIDs {
        var counts = EntryCounts()
        switch source {
        case .list(let entries):
            for entry in entries where !entry.isRejected { counts.note(entry.event.uid) }
        case .calendar(let calendar, _):
            for event in calendar.eventsOfRepeatedUIDs { counts.note(event.first(.uid)?.text) }
        }
        return counts.repeated
    }

    mutating func shiftLines(by offset: Int) { lineOffset += offset }
}
