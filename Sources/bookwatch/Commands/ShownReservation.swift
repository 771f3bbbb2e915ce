import Diagnostics
import Foundation
import ReservationStore
import Reservations

/// A reservation as JSON Lines show it; of a password only that there is one.
struct ShownReservation: Encodable {
    let room, verdict, uid, source: String
    let start, end: Date
    let recurrenceID, code, owner, summary: String?
    let passwordSet: Bool

    enum CodingKeys: String, CodingKey {
        case room, verdict, uid, source, start, end, code, owner, summary
        case recurrenceID = "recurrence_id"
        case passwordSet = "password_set"
    }

    init(_ stored: StoredReservation) {
        let reservation = stored.reservation
        room = reservation.shownRoom
        verdict = stored.decision.verdict.rawValue
        uid = reservation.id.uid
        source = reservation.source
        (start, end) = (reservation.slot.start, reservation.slot.end)
        recurrenceID = reservation.id.recurrenceID?.text
        code = stored.decision.code?.rawValue
        owner = reservation.owner?.address
        summary = reservation.summary.isEmpty ? nil : reservation.summary
        passwordSet = reservation.settings.passwordSet
    }
}
