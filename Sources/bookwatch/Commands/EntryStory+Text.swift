import Diagnostics
import Foundation
import Reports
import ReservationStore
import Reservations

extension EntryStory {
    /// What became of the entry, as lines for people.
    var lines: [String] {
        var head = "\(export.source)/\(export.path):\(booking.line): SEQUENCE \(booking.revision.sequence)"
        if let id = booking.key.recurrenceID { head += ", occurrence \(id.text)" }
        if isLeftOver {
            let reason = "  its export no longer says so; it stays while its conference is open"
            return [head, reason] + reservations.map { "  \($0.line)" }
        }
        if let replacement { return [head, "  does not count: \(replacement.text)"] }
        guard !waits else { return [head, "  waits for the end of the conference that is open (EXP040)"] }
        guard booking.participation.takesPart else {
            return [head, "  takes no part: \(booking.participation.rawValue)"]
        }
        guard !reservations.isEmpty else { return [head, "  claims no room within the horizon"] }
        return [head] + reservations.map { "  \($0.line)" }
    }
}

extension EntryStory.Replacement {
    fileprivate var text: String {
        let place = "\(export.source)/\(export.path):\(line)"
        return switch reason {
        case .olderRevision: "\(place) is a newer revision"
        case .copy: "\(place) says the same"
        case .orphanedOverride: "\(place) has no such occurrence any more"
        case .seriesCancelled: "\(place) calls the series off"
        }
    }
}

extension StoredReservation {
    /// The decision in one line; rooms and bookings are named, since it is the operator who asks.
    var line: String {
        let slot = reservation.slot
        var text = "\(decision.verdict.rawValue): \(reservation.shownRoom) "
        text += "\(slot.start.formatted(.iso8601)) to \(slot.end.formatted(.iso8601))"
        text += " booking \(reservation.id.uid) of source '\(reservation.source)'"
        if let code = decision.code { text += ", \(code.rawValue)" }
        if !decision.blocking.isEmpty {
            let relation = decision.verdict == .duplicate ? "the same meeting as" : "in the way:"
            text += ", \(relation) " + decision.blocking.map(\.uid).joined(separator: ", ")
        }
        if let reason = decision.reason { text += " (\(reason.words))" }
        if let next = decision.nextFree { text += ", next free \(next.start.formatted(.iso8601))" }
        if changeWaits { text += ", EXP040: a change waits for the end of its conference" }
        return text
    }
}

extension ExpiredReservation {
    var line: String {
        let (start, end) = (slot.start.formatted(.iso8601), slot.end.formatted(.iso8601))
        return "over: \(shownRoom) \(start) to \(end), \(expiry.outcome.rawValue), \(expiry.minutes) min in "
            + "\(expiry.openings) openings" + (revision > 1 ? ", revision \(revision)" : "")
    }
}
