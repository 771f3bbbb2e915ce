import Diagnostics
import Foundation
import GRDB
import Reservations

extension RoomSchedule.Outcome {
    init(_ decision: Decision) throws {
        verdict = decision.verdict
        code = decision.code?.rawValue
        reason = decision.reason?.rawValue
        blocking = decision.blocking.isEmpty ? nil : try ReservationIDList.encode(decision.blocking)
        nextFree = decision.nextFree
    }

    /// As it was decided about the reservation `id`.
    func decision(about id: ReservationID) throws -> Decision {
        Decision(
            id: id, verdict: verdict, code: code.flatMap(DiagnosticCode.init), reason: reason.flatMap(RankElement.init),
            blocking: try blocking.map(ReservationIDList.decode) ?? [], nextFree: nextFree)
    }
}

extension RoomSchedule.Entry {
    /// What stays as it was decided.
    init(_ stored: StoredReservation) throws {
        self.init(
            booking: stored.booking, recurrenceID: stored.reservation.id.recurrenceID, slot: stored.reservation.slot,
            outcome: try RoomSchedule.Outcome(stored.decision), since: stored.since, decidedAt: stored.decidedAt)
    }
}
