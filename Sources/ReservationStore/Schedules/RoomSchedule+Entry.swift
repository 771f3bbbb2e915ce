import Foundation
import Reservations

extension RoomSchedule {
    /// A reservation and its decision, without what its booking says.
    struct Entry: Hashable, Sendable {
        /// The booking's row.
        var booking: Int64
        var recurrenceID: RecurrenceID?
        var slot: TimeSlot
        var outcome: Outcome
        /// The generation that decided so, and when.
        var since: Int64
        var decidedAt: Date

        /// What it tells, whenever that was decided.
        var content: Entry {
            var content = self
            (content.since, content.decidedAt) = (0, .distantPast)
            return content
        }
    }

    /// A decision without the reservation's id.
    struct Outcome: Hashable, Sendable {
        var verdict: Verdict
        var code: String?
        var reason: String?
        /// As `ReservationIDList` writes them; `nil` for none.
        var blocking: [UInt8]?
        var nextFree: TimeSlot?
    }
}

extension RoomSchedule.Entry {
    /// Whether its place does not tell all of it.
    var hasDetails: Bool {
        outcome != RoomSchedule.Outcome(verdict: outcome.verdict) || recurrenceID?.number == nil && recurrenceID != nil
    }
}

extension ColumnValues {
    mutating func append(_ entry: RoomSchedule.Entry) {
        append(entry.recurrenceID?.number == nil ? entry.recurrenceID?.text : nil)
        append(entry.outcome.code)
        append(entry.outcome.reason)
        append(entry.outcome.blocking)
        append(entry.outcome.nextFree?.start.seconds)
        append(entry.outcome.nextFree?.end.seconds)
    }
}

extension ColumnValues.Reader {
    mutating func readDetails(of entry: inout RoomSchedule.Entry) throws {
        if let text = try optionalText() { entry.recurrenceID = RecurrenceID(text) }
        entry.outcome.code = try optionalText()
        entry.outcome.reason = try optionalText()
        entry.outcome.blocking = try optionalBytes()
        let (start, end) = (try optionalNumber(), try optionalNumber())
        guard let start, let end, RoomSchedule.instants.contains(start), RoomSchedule.instants.contains(end) else {
            return
        }
        entry.outcome.nextFree = TimeSlot(start: Date(seconds: start), end: Date(seconds: end))
    }
}
