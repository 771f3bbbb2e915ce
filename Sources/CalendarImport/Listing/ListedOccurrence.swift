package import Diagnostics
package import Foundation
import ICalendar
import Reservations

/// One instance as `bookwatch read --from --to` shows it: times with a zone as UTC with `Z`, floating ones without,
/// whole days as dates.
package struct ListedOccurrence: Encodable, Hashable, Sendable {
    var uid: String?
    var recurrenceID: String?
    var start: String
    var end: String

    enum CodingKeys: String, CodingKey {
        case uid, start, end
        case recurrenceID = "recurrence_id"
    }
}

extension ExportReader {
    /// The occurrences that start in `window`, in order of start, and what was found while they were worked out.
    /// Cancelled ones are left out: they do not occur.
    package func occurrences(
        of parsed: ParsedExport, in window: Range<Date>
    ) -> (occurrences: [ListedOccurrence], diagnostics: [Diagnostic]) {
        var found: [(start: Date, occurrence: ListedOccurrence)] = []
        var diagnostics: [Diagnostic] = []
        for calendar in parsed.calendars {
            for entries in SeriesOfEntries.grouping(calendar.entries.filter { !$0.isRejected }) {
                let expansion = entries.series.expansion(in: window, resolver: calendar.resolver)
                diagnostics += expansion.diagnostics.map { Diagnostic($0, uid: entries.series.uid) }
                for occurrence in expansion.occurrences where !entries.isCancelled(occurrence.component) {
                    found.append((occurrence.start, ListedOccurrence(occurrence, uid: entries.series.uid)))
                }
            }
        }
        // Equal starts keep the order of the file.
        let sorted = found.enumerated().sorted { ($0.element.start, $0.offset) < ($1.element.start, $1.offset) }
        return (sorted.map(\.element.occurrence), diagnostics)
    }
}

extension ListedOccurrence {
    init(_ occurrence: SeriesOccurrence, uid: String?) {
        self.uid = uid
        recurrenceID = occurrence.recurrenceID.map { RecurrenceID($0).text }
        start = occurrence.startText
        end = occurrence.endText
    }
}

extension SeriesOfEntries {
    fileprivate func isCancelled(_ component: SeriesOccurrence.Component) -> Bool {
        switch component {
        case .master: series.master?.status == .cancelled
        case .override(let index): series.overrides[index].status == .cancelled
        }
    }
}
