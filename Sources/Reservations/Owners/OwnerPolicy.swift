/// Who may open a booked room at its booked time.
package enum OwnerPolicy: String, Hashable, Sendable, Codable, CaseIterable {
    /// Whoever comes first.
    case anyone
    /// An address in one of the configured domains.
    case authenticated
    /// The organiser, and the attendees that `Reservation.attendees` keeps.
    case attendee
    /// The organiser alone.
    case owner

    /// Whether `asker` may open a room that is booked by `owner`; a booking without an owner refuses everybody under
    /// `attendee` and `owner`, and nobody is refused under `anyone`.
    package func allows(
        asker: Participant?, owner: Participant?, attendees: [Participant], addresses: AddressBook
    ) -> Bool {
        if self == .anyone { return true }
        guard let asker else { return false }
        switch self {
        case .anyone: return true
        case .authenticated: return addresses.isAuthenticated(asker)
        case .attendee:
            guard let owner else { return false }
            let person = addresses.person(asker)
            return ([owner] + attendees).contains { addresses.person($0) == person }
        case .owner:
            return owner.map(addresses.person) == addresses.person(asker)
        }
    }

    /// Whether `asker` may open a room that nobody booked: there is no owner to be, so an address is enough.
    package func allowsUnbooked(asker: Participant?, addresses: AddressBook) -> Bool {
        switch self {
        case .anyone: true
        case .authenticated, .attendee, .owner: asker.map(addresses.isAuthenticated) ?? false
        }
    }
}
