/// What of the rules about conflicts the operator can set.
package struct ConflictPolicy: Hashable, Sendable, Encodable {
    /// Kept free between reservations of different owners; it never shortens what was booked.
    package var buffer: Duration
    /// From this long before its start until its end, nobody but an open conference displaces a granted reservation.
    package var freeze: Duration
    /// How many days from the day of the decision on are known: a later span only seems to be free.
    package var horizon: Duration
    /// By which owners are compared.
    package var addresses: AddressBook

    package init(
        buffer: Duration = .zero, freeze: Duration = .seconds(3_600), horizon: Duration = .seconds(400 * 86_400),
        addresses: AddressBook = AddressBook()
    ) {
        self.addresses = addresses
        self.buffer = buffer
        self.freeze = freeze
        self.horizon = horizon
    }
}
