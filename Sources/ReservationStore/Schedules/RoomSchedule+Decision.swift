import Diagnostics
import Foundation
import GRDB
import Reservations

extension RoomSchedule.Outcome {
    init(_ decision: Decision) {
        verdict = decision.verdict
        code = decision.code?.rawValue
        reason = decision.reason?.rawValue
        blocking = decision.blocking.isEmpty ? nil : ReservationIDList.encode(decision.blocking, in: decision.id.room)
        nextFree = decision.nextFree
    }

    /// As it was decided about the reservation `id`.
    func decision(about id: ReservationID) throws -> Decision {
        Decision(
            id: id, verdict: verdict, code: code.flatMap(DiagnosticCode.init), reason: reason.flatMap(RankElement.init),
            blocking: try blocking.map { try ReservationIDList.decode($0, in: id.room) } ?? [], nextFree: nextFree)
    }
}

extension RoomSchedule.Entry {
    /// What stays as it was decided.
    init(_ stored: StoredReservation) {
        self.init(
            booking: stored.booking, recurrenceID: stored.reservation.id.recurrenceID, slot: stored.reservation.slot,
            outcome: RoomSchedule.Outcome(stored.decision), since: stored.since, decidedAt: stored.decidedAt)
    }
}
