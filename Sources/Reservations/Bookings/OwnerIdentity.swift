/// Who is behind a reservation, as far as two of them can be told to have the same owner.
///
/// Unknown owners are never equal, unless source and summary are.
package enum OwnerIdentity: Hashable, Sendable {
    case known(Participant)
    case unknown(source: String, summary: String)
}

extension Reservation {
    package var ownerIdentity: OwnerIdentity {
        owner.map(OwnerIdentity.known) ?? .unknown(source: source, summary: summary)
    }
}
