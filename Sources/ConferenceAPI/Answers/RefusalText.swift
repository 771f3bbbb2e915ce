package import Foundation
package import Reservations

/// The text of a refusal, for the person in front of the closed room: what to do, and when. Never names an owner.
package struct RefusalText: Sendable {
    let zone: TimeZone

    package init(zone: TimeZone) { self.zone = zone }
}

/// Instants as people read them, in one zone.
struct LocalClock {
    let zone: TimeZone

    /// `10:00 (Europe/Berlin)`; with the day before it when that is not the day of `reference`.
    func time(_ instant: Date, besides reference: Date) -> String {
        "\(short(instant, besides: reference)) (\(zone.identifier))"
    }

    func short(_ instant: Date, besides reference: Date) -> String {
        let (day, clock) = local(instant)
        let date = DayNumber(sinceEpoch: day).civil
        let time = "\(pad(clock / 60)):\(pad(clock % 60))"
        guard day != local(reference).day else { return time }
        return "\(date.year)-\(pad(date.month))-\(pad(date.day)) \(time)"
    }

    /// Days since 1970 and minutes since midnight, on the wall.
    private func local(_ instant: Date) -> (day: Int, minute: Int) {
        let seconds = Int(instant.timeIntervalSince1970.rounded(.down)) + zone.secondsFromGMT(for: instant)
        let (day, second) = seconds.flooredQuotientAndRemainder(dividingBy: 86_400)
        return (day, second / 60)
    }

    private func pad(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

extension RefusalText {
    /// One or two sentences without control characters.
    ///
    /// - Parameter now: times of the same day are told without the day.
    package func text(of refusal: Refusal, at now: Date) -> String {
        let clock = LocalClock(zone: zone)
        switch refusal {
        case .unusableName:
            return "No room can have this name. Please choose another one, of letters and digits."
        case .notTheOwner(let slot?):
            return """
                This room is booked for somebody else until \(clock.time(slot.end, besides: now)). \
                If the booking is yours, please sign in with the address that it was made with.
                """
        case .notTheOwner(nil):
            return "This room is only for people who have signed in. Please sign in and try again."
        case .tooEarly(let start, let opens):
            return """
                This room is booked from \(clock.time(start, besides: now)) \
                and opens at \(clock.short(opens, besides: now)). Please try again then.
                """
        case .over(let closed):
            return "The booking of this room ended at \(clock.time(closed, besides: now)). Please book it again."
        case .notBooked:
            return "This room is not booked at this time. Please book it, or check its name."
        }
    }
}
