/// On what terms a room may be used, from the first configured pattern that matches its name.
package struct RoomTerms: Hashable, Sendable {
    package var unbooked: UnbookedUse
    package var ownerPolicy: OwnerPolicy
    /// What applies where neither the booking nor its source says anything.
    package var settings: RoomSettings
    /// The room's own mail address, for replies to organisers and for bookings that invite the room.
    package var address: Participant?

    package init(
        unbooked: UnbookedUse = .closed, ownerPolicy: OwnerPolicy = .anyone, settings: RoomSettings = RoomSettings(),
        address: Participant? = nil
    ) {
        self.unbooked = unbooked
        self.ownerPolicy = ownerPolicy
        self.settings = settings
        self.address = address
    }
}

/// What happens when somebody opens a room that nobody has booked.
package enum UnbookedUse: String, Hashable, Sendable, Codable, CaseIterable {
    case closed
    /// Whoever comes has it until the next booking, for an hour at most unless configured otherwise.
    case open
}
