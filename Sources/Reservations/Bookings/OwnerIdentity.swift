/// Who is behind a reservation, as far as two of them can be told to have the same owner.
///
/// Unknown owners are never equal, unless source and summary are; a summary that is empty, or kept from us as that of a
/// private entry is, tells nothing.
package enum OwnerIdentity: Hashable, Sendable {
    case known(Participant)
    case unknown(source: String, summary: String)
    /// Equal to itself alone.
    case nobody(ReservationID)
}

extension Reservation {
    /// - Parameter addresses: which of them mean the same person.
    package func ownerIdentity(by addresses: AddressBook) -> OwnerIdentity {
        if let owner { return .known(addresses.person(owner)) }
        return summary.isEmpty ? .nobody(id) : .unknown(source: source, summary: summary)
    }
}
