import Diagnostics
import Foundation
import Reservations

extension Finding {
    /// What was decided about one reservation, as its sender may know it.
    package init(
        _ reported: ReportedReservation, file: String? = nil, line: Int? = nil, sequence: Int? = nil,
        context: ReportContext
    ) {
        let (reservation, decision) = (reported.reservation, reported.decision)
        let times = LocalTimes(zone: context.zone)
        self.init(
            file: file, line: line, uid: reservation.id.uid, recurrenceID: reservation.id.recurrenceID?.text,
            sequence: sequence, room: reservation.shownRoom, owner: reservation.owner?.address,
            summary: reservation.summary, slot: reservation.slot, zone: context.zone.identifier, message: "")

        let wording = DecisionWording(reservation, decision, context: context)
        blocking = wording.blockers
        switch decision.verdict {
        case .granted:
            let isPromoted = decision.code == .promoted
            verdict = isPromoted ? .promoted : .granted
            message = "room \(reservation.shownRoom) is granted \(times.span(reservation.slot))"
            granted = reservation.slot
            requestStatus = .success
            if let code = decision.code { describe(code) }
        case .duplicate:
            verdict = .duplicate
            message = wording.duplicate
            describe(decision.code ?? .duplicate)
        case .declined:
            verdict = .declined
            message = wording.refusal
            describe(decision.code ?? .slotTaken)
            hint = decision.nextFree.map { "Move the booking: the room is free \(times.span($0))." } ?? hint
            requestStatus = .busy
        }
    }

    /// Takes over what the catalogue knows about `code`.
    private mutating func describe(_ code: DiagnosticCode) {
        let entry = Catalogue.entry(for: code)
        self.code = code
        severity = entry.severity
        actor = entry.actor
        hint = entry.hint
    }
}
