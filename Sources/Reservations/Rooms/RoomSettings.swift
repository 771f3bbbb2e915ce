/// What a room is opened with; `nil` where nobody said anything, so that the next in line applies.
///
/// The password leaves this type only towards `/conference`; everywhere else only `passwordSet` is shown.
package struct RoomSettings: Hashable, Sendable, Codable {
    /// At least 1.
    package var maxOccupants: Int?
    package var lobby: Bool?
    /// 1...200 characters without control characters.
    package var password: String?

    package init(maxOccupants: Int? = nil, lobby: Bool? = nil, password: String? = nil) {
        self.maxOccupants = maxOccupants
        self.lobby = lobby
        self.password = password
    }

    package var passwordSet: Bool { password != nil }

    /// These settings, with what they leave open taken from `defaults`.
    package func falling(backTo defaults: RoomSettings) -> RoomSettings {
        RoomSettings(
            maxOccupants: maxOccupants ?? defaults.maxOccupants,
            lobby: lobby ?? defaults.lobby,
            password: password ?? defaults.password
        )
    }
}
