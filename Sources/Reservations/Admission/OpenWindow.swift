package import Foundation

/// When a reservation's conference may be open: `opens ..< closes` (design: conflicts, "When a conference may be
/// open").
package struct OpenWindow: Hashable, Sendable {
    package let reservation: Reservation
    package let opens: Date
    package let closes: Date

    package func contains(_ instant: Date) -> Bool { opens <= instant && instant < closes }

    /// A hand-over never leaves a meeting less than this, in seconds.
    private static let shortestCut = 600.0

    /// The windows of a room's granted reservations, given by start. They do not overlap.
    package static func windows(of granted: [Reservation], policy: AdmissionPolicy) -> [OpenWindow] {
        var windows: [OpenWindow] = []
        for (index, reservation) in granted.enumerated() {
            let next = index + 1 < granted.count ? granted[index + 1] : nil
            let start = reservation.slot.start
            let early = start.addingTimeInterval(-policy.earlyJoin.inSeconds)
            let opens = windows.last.map { max(early, min($0.closes, start)) } ?? early
            windows.append(
                OpenWindow(
                    reservation: reservation, opens: opens, closes: closes(reservation, before: next, policy: policy)))
        }
        return windows
    }

    private static func closes(_ reservation: Reservation, before next: Reservation?, policy: AdmissionPolicy) -> Date {
        let slot = reservation.slot
        let latest = slot.end.addingTimeInterval(policy.overrun.inSeconds)
        guard let next else { return latest }
        let closes = min(latest, next.slot.start)
        let addresses = policy.addresses
        guard policy.handover > .zero,
            next.ownerIdentity(by: addresses) != reservation.ownerIdentity(by: addresses)
        else { return closes }
        let handedOver = next.slot.start.addingTimeInterval(-policy.handover.inSeconds)
        let uncut = min(slot.end, slot.start.addingTimeInterval(shortestCut))
        return min(closes, max(handedOver, uncut))
    }
}
