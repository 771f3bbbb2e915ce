import Diagnostics
import Reservations

/// Tells of bookings that hold, but that will not let in whom they mean to: nobody may open the room, or not all find a
/// place in it.
struct AdmissionCheck {
    let rules: SourceRules

    func findings(on booking: Booking) -> [Diagnostic] {
        guard booking.participation.takesPart, !booking.occurrences.isEmpty else { return [] }
        var findings: [Diagnostic] = []
        for room in booking.rooms {
            if let finding = ownerless(booking, room) { findings.append(finding) }
            if let finding = overfull(booking, room) { findings.append(finding) }
        }
        return findings
    }

    private func ownerless(_ booking: Booking, _ room: BookedRoom) -> Diagnostic? {
        guard booking.owner == nil else { return nil }
        let asked: String
        switch rules.rooms.terms(for: room.name).ownerPolicy {
        case .anyone, .authenticated: return nil
        case .attendee: asked = "an attendee"
        case .owner: asked = "its owner"
        }
        return Diagnostic(
            .noOwner, line: booking.line, uid: booking.key.uid,
            "has no organizer with an address, and room \(room.shown) asks for \(asked): nobody can open it")
    }

    private func overfull(_ booking: Booking, _ room: BookedRoom) -> Diagnostic? {
        let terms = rules.rooms.terms(for: room.name)
        guard let seats = booking.settings.falling(backTo: terms.settings).maxOccupants else { return nil }
        let people = Set(booking.attendees + [booking.owner].compactMap(\.self)).count
        guard people > seats else { return nil }
        return Diagnostic(
            .moreAttendeesThanSeats, line: booking.line, uid: booking.key.uid,
            "\(people) people are invited, and room \(room.shown) admits \(seats)")
    }
}
