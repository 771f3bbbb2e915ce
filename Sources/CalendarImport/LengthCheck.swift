import Diagnostics
import Foundation
import ICalendar
import Reservations

/// Whether occurrences are of a length that can be booked (design: conflicts, rule 2).
struct LengthCheck {
    private let rules: LengthRules
    /// In seconds.
    private let maxDuration: Double
    /// In seconds; what began longer ago is over.
    let longest: Double

    init(rules: LengthRules) {
        self.rules = rules
        maxDuration = rules.maxDuration.seconds
        longest = max(maxDuration, rules.maxAllDay)
    }

    /// The slots; `nil` if one of them cannot be booked, for a booking is taken whole or not at all.
    func slots(of occurrences: [SeriesOccurrence], findings: inout [Diagnostic]) -> [Occurrence]? {
        var slots: [Occurrence] = []
        slots.reserveCapacity(occurrences.count)
        for occurrence in occurrences {
            guard rules.booksAllDay || !occurrence.isAllDay else { continue }
            guard let slot = slot(of: occurrence, findings: &findings) else { return nil }
            slots.append(Occurrence(recurrenceID: occurrence.recurrenceID.map { RecurrenceID($0) }, slot: slot))
        }
        return slots
    }

    private func slot(of occurrence: SeriesOccurrence, findings: inout [Diagnostic]) -> TimeSlot? {
        if occurrence.end == occurrence.start {
            guard let length = rules.defaultDuration else {
                findings.append(Diagnostic(.noLength, "has neither an end nor a length, at \(occurrence.startText)"))
                return nil
            }
            return TimeSlot(start: occurrence.start, end: occurrence.start + length.seconds)
        }
        guard let slot = TimeSlot(start: occurrence.start, end: occurrence.end) else {
            findings.append(
                Diagnostic(
                    .endNotAfterStart, "ends at \(occurrence.endText), before it starts at \(occurrence.startText)")
            )
            return nil
        }
        let limit = occurrence.isAllDay ? rules.maxAllDay : maxDuration
        guard slot.length <= limit else {
            let most = occurrence.isAllDay ? "\(rules.maxDays) days" : words(maxDuration)
            findings.append(
                Diagnostic(
                    .tooLong, "lasts \(words(slot.length)) at \(occurrence.startText), more than \(most)")
            )
            return nil
        }
        return slot
    }
}

/// A length for people: `30 h`, `25 h 30 min`.
private func words(_ seconds: Double) -> String {
    let minutes = Int((seconds / 60).rounded())
    let parts = [minutes / 60 > 0 ? "\(minutes / 60) h" : nil, minutes % 60 > 0 ? "\(minutes % 60) min" : nil]
    return parts.compactMap(\.self).joined(separator: " ")
}

extension SeriesOccurrence {
    var isAllDay: Bool {
        switch form {
        case .days: true
        case .floating, .zoned: false
        }
    }
}

extension Duration {
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
