/// A reservation as a pass leaves it: the next pass weighs what it holds against what the exports say.
package struct DecidedReservation: Hashable, Sendable {
    /// As it was decided; with an open conference, as it was opened.
    package var reservation: Reservation
    package var decision: Decision
    /// Whether its conference is open.
    package var isOpen: Bool

    package init(_ reservation: Reservation, decision: Decision, isOpen: Bool = false) {
        self.reservation = reservation
        self.decision = decision
        self.isOpen = isOpen
    }

    var holdsItsSlot: Bool { standing > .none }

    /// What it has, as long as it keeps its slot.
    var standing: Standing {
        if isOpen { return .open }
        return decision.verdict == .granted ? .granted : .none
    }
}
