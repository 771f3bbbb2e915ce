import Diagnostics
package import Foundation
package import Reservations

/// What a request would be answered, in words for the operator.
package struct AdmissionText: Sendable {
    private let refusals: RefusalText

    package init(zone: TimeZone) { refusals = RefusalText(zone: zone) }

    package func text(of admission: Admission, at now: Date) -> String {
        switch admission {
        case .healthCheck: "200: Jicofo's own check, always allowed"
        case .open(let reservation, let opening):
            """
            200: booking \(reservation.id.uid) of source '\(reservation.source)', booked start \
            \(JitsiTimestamp.format(opening.start)), closes \(JitsiTimestamp.format(opening.closes))
            """
        case .adHoc(let opening): "200: free for the unbooked until \(JitsiTimestamp.format(opening.closes))"
        case .alreadyOpen(let id, _): "409: its conference is open already, with id \(id)"
        case .refused(let refusal): "403 \(refusal.code.rawValue): \(refusals.text(of: refusal, at: now))"
        }
    }
}
