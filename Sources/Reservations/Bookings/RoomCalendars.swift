/// The entries of one UID, parted by the room calendars that they stand in.
///
/// Where each room has a calendar of its own, a meeting in two rooms stands in both under one UID, and an entry tells
/// its room by the calendar or the source that it is in. Such entries are revisions of each other room by room: what
/// one calendar says frees no other room. An entry that names its rooms itself names all of them.
struct RoomCalendars {
    /// As indices into the entries, each rising. What names no room, as a cancellation may, is in all of them.
    private(set) var groups: [[Int]]

    init(_ entries: [BookingInExport]) {
        groups = [Array(entries.indices)]
        guard entries.count > 1 else { return }
        let rooms = entries.map(\.booking.rooms)
        guard rooms.joined().allSatisfy({ $0.rule == .calendar || $0.rule == .fixed }) else { return }
        var calendars: [Set<RoomName>] = []
        for named in rooms where !named.isEmpty {
            let own = Set(named.map(\.name))
            let touching = calendars.filter { !$0.isDisjoint(with: own) }
            calendars.removeAll { !$0.isDisjoint(with: own) }
            calendars.append(touching.reduce(own) { $0.union($1) })
        }
        guard calendars.count > 1 else { return }
        groups = calendars.map { calendar in
            entries.indices.filter { entry in rooms[entry].first.map { calendar.contains($0.name) } ?? true }
        }
    }
}
