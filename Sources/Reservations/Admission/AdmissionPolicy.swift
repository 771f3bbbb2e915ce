/// What of the rules about opening a room the operator can set.
package struct AdmissionPolicy: Sendable {
    /// A room opens this long before its booked start, unless the reservation before still has it.
    package var earlyJoin: Duration
    /// A conference may go on this long after its booked end, unless the next reservation begins.
    package var overrun: Duration
    /// Kept free before a reservation of another owner, so that two meetings do not mix; 0 for none.
    package var handover: Duration
    /// How long a room that nobody booked is given away for.
    package var adHocDuration: Duration
    package var catalogue: RoomCatalogue
    package var addresses: AddressBook

    package init(
        earlyJoin: Duration = .seconds(600), overrun: Duration = .zero, handover: Duration = .zero,
        adHocDuration: Duration = .seconds(3_600), catalogue: RoomCatalogue = RoomCatalogue(),
        addresses: AddressBook = AddressBook()
    ) {
        self.earlyJoin = earlyJoin
        self.overrun = overrun
        self.handover = handover
        self.adHocDuration = adHocDuration
        self.catalogue = catalogue
        self.addresses = addresses
    }
}
