package import Foundation

/// Answers a request to open a room, from the room's state alone (design: conference-api, "The decision").
///
/// - Parameter now: our own clock, for what is open: no request but the next reservation's ends a conference whose end
///   is ahead by our clock, however far the client's clock has gone.
package func admission(
    _ request: AdmissionRequest, room: RoomState, policy: AdmissionPolicy, now: Date
) -> Admission {
    guard let name = request.room else { return .refused(.unusableName) }
    if name.isHealthCheck {
        let start = request.instant.wholeSecond
        return .healthCheck(start: start, closes: start.addingTimeInterval(healthCheckSeconds))
    }
    let question = Question(
        instant: request.instant, asker: request.asker, now: now, room: room, policy: policy,
        terms: policy.catalogue.terms(for: name), windows: OpenWindow.windows(of: room.granted, policy: policy))
    return question.windows.first { $0.contains(request.instant) }.map(question.booked) ?? question.unbooked()
}

private let healthCheckSeconds = 60.0
private let shortestAdHocSeconds = 300.0
private let announcedAheadSeconds = 86_400.0
private let rememberedSeconds = 3_600.0

private struct Question {
    let instant: Date
    let asker: Participant?
    let now: Date
    let room: RoomState
    let policy: AdmissionPolicy
    let terms: RoomTerms
    let windows: [OpenWindow]

    func booked(_ window: OpenWindow) -> Admission {
        let reservation = window.reservation
        let isAllowed = terms.ownerPolicy.allows(
            asker: asker, owner: reservation.owner, attendees: reservation.attendees, addresses: policy.addresses)
        guard isAllowed else {
            // Who may be anybody with an address of ours is not helped by the hours of somebody's booking.
            return .refused(.notTheOwner(terms.ownerPolicy == .authenticated ? nil : reservation.slot))
        }
        let own = room.open.first { $0.reservation == reservation.id && lasts($0) }
        let earlier = room.open.filter { $0.reservation == nil || $0.slot.start < reservation.slot.start }
        if let own {
            return .alreadyOpen(own.id, ending: earlier.map(\.id).filter { $0 != own.id }.sorted())
        }
        let ending = room.open.filter { $0.reservation == reservation.id || earlier.contains($0) }
        let opening = Opening(
            start: reservation.slot.start, closes: window.closes,
            settings: reservation.settings.falling(backTo: terms.settings), ending: ending.map(\.id).sorted())
        return .open(reservation, opening)
    }

    func unbooked() -> Admission {
        let next = windows.first { $0.reservation.slot.start > instant }
        let adHoc = room.open.filter { $0.reservation == nil }
        let isAllowed = terms.ownerPolicy.allowsUnbooked(asker: asker, addresses: policy.addresses)
        if let lasting = adHoc.first(where: lasts) {
            return isAllowed ? .alreadyOpen(lasting.id) : .refused(.notTheOwner(nil))
        }
        guard terms.unbooked == .open else { return .refused(refusal(before: next)) }
        let start = instant.wholeSecond
        let latest = start.addingTimeInterval(policy.adHocDuration.inSeconds)
        let closes = next.map { min(latest, $0.reservation.slot.start) } ?? latest
        if let next, next.reservation.slot.start.timeIntervalSince(instant) < shortestAdHocSeconds {
            return .refused(.tooEarly(start: next.reservation.slot.start, opens: next.opens))
        }
        guard isAllowed else { return .refused(.notTheOwner(nil)) }
        return .adHoc(
            Opening(start: start, closes: closes, settings: terms.settings, ending: adHoc.map(\.id).sorted()))
    }

    private func refusal(before next: OpenWindow?) -> Refusal {
        if let next, next.reservation.slot.start.timeIntervalSince(instant) <= announcedAheadSeconds {
            return .tooEarly(start: next.reservation.slot.start, opens: next.opens)
        }
        let last = windows.last { $0.closes <= instant }
        guard let last, instant.timeIntervalSince(last.closes) <= rememberedSeconds else { return .notBooked }
        return .over(closed: last.closes)
    }

    private func lasts(_ conference: OpenConference) -> Bool { min(instant, now) < conference.closes }
}

extension Date {
    fileprivate var wholeSecond: Date {
        Date(timeIntervalSince1970: timeIntervalSince1970.rounded(.down))
    }
}
