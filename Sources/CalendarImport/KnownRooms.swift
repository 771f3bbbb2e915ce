import ICalendar
import Reservations

/// The rooms of locations that came before: an export has few of them, and many entries that say no more.
struct KnownRooms {
    private var resolutions: [Place: RoomResolution] = [:]

    /// How many locations, and of how many bytes: a longer one is no name of a room that comes again.
    private static let remembered = 10_000
    private static let longest = 256

    /// What tells the rooms of such an entry. Other bytes are another place: the name that is shown has these.
    private struct Place: Hashable {
        let location: String
        /// Names the room where the location does not.
        let calendarName: String?

        static func == (lhs: Place, rhs: Place) -> Bool {
            lhs.location.hasBytes(of: rhs.location) && lhs.calendarName == rhs.calendarName
        }

        /// The location tells nearly all apart.
        func hash(into hasher: inout Hasher) { hasher.combine(location.hashOfBytes) }
    }

    /// The rooms that `entry` means.
    mutating func rooms(of entry: ParsedEntry, by translation: SeriesTranslation) -> RoomResolution {
        guard entry.event.location.utf8.count <= Self.longest, translation.rules.rooms.asksLocationAlone(of: entry)
        else { return translation.rooms(of: entry) }
        let place = Place(location: entry.event.location, calendarName: translation.calendar.name)
        if let known = resolutions[place] { return known }
        let rooms = translation.rooms(of: entry)
        if resolutions.count < Self.remembered { resolutions[place] = rooms }
        return rooms
    }
}
