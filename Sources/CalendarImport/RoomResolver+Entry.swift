import Reservations

extension RoomResolver {
    /// The rooms that `entry` means. A dialect that names rooms itself means just these, each by itself: nothing else
    /// of the entry or the file may stand in for one that is not known.
    func rooms(of entry: ParsedEntry, calendar: ParsedCalendar, path: String) -> RoomResolution {
        guard !entry.rooms.isEmpty else {
            return rooms(for: clues(of: entry, calendar: calendar, path: path))
        }
        var resolution = RoomResolution()
        for named in entry.rooms {
            let clues = RoomClues(urlTexts: [.init(.location, named)], resources: [named], location: named)
            let found = rooms(for: clues)
            resolution.diagnostics += found.diagnostics
            resolution.rooms += found.rooms.filter { room in !resolution.rooms.contains { $0.name == room.name } }
        }
        return resolution
    }
}
