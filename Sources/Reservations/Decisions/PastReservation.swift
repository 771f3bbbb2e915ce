/// A reservation as the last pass left it: what it holds now is weighed against what the exports say.
package struct PastReservation: Hashable, Sendable {
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

    var holdsItsSlot: Bool { isOpen || decision.verdict == .granted }
}
