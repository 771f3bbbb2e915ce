/// What of an entry tells its room; a source lists rules, and the first that yields a room wins.
package enum RoomRule: String, Hashable, Sendable, Codable, CaseIterable {
    /// A URL below one of the configured Jitsi base URLs.
    case url
    /// Attendees with CUTYPE=ROOM or RESOURCE, mapped by address.
    case resource
    /// LOCATION, mapped by the alias table or, with `slug`, taken as the name.
    case location
    /// A named property or field that holds the room name itself.
    case property
    /// The calendar's name or the file's: for exports of one calendar per room.
    case calendar
    /// The room in the source's configuration.
    case fixed
}
