import Reservations

/// Which bookings of the touched families each room has in the generation that is being written: as rows, since all
/// of them at once may be more than fits into memory.
struct FreshBookings {
    /// By room: of each family one of its rows or several.
    private var rows: [RoomName: [Int64]] = [:]
    /// All rows of the families that have several, by each of them.
    private var families: [Int64: [Int64]] = [:]
    /// Those that may have had something of a touched family before this generation.
    private var earlier: Set<RoomName> = []
    private var lists = RoomLists()

    /// Those that have, or may have had before this generation, something of a touched family.
    var rooms: Set<RoomName> { earlier.union(rows.keys) }

    /// Notes a row that the pass has added.
    mutating func note(_ row: Int64, rooms: [RoomName]) {
        for room in rooms { rows[room, default: []].append(row) }
    }

    /// Notes a family of which others may have been there.
    /// - Parameter spans: all rows of the family, in order.
    mutating func note(_ spans: [StoredBooking.Span], in generation: Int64) throws {
        let visible = spans.filter { $0.generations.contains(generation) }
        if let least = visible.first?.row {
            if visible.count > 1 { for own in visible { families[own.row] = visible.map(\.row) } }
            for room in try Set(visible.flatMap { try lists.rooms($0.rooms) }.map(\.name)) {
                note(least, rooms: [room])
            }
        }
        for span in spans where span.generations.lowerBound < generation {
            earlier.formUnion(try lists.rooms(span.rooms).lazy.map(\.name))
        }
    }

    /// The rows of the families that have something in one of `rooms`: those that are alone, in order, and the others
    /// by family.
    func families(in rooms: [RoomName]) -> (alone: [Int64], several: [[Int64]]) {
        let own = rooms.flatMap { rows[$0] ?? [] }
        let alone = families.isEmpty ? own : own.filter { families[$0] == nil }
        let several = Set(own.compactMap { families[$0] })
        // A booking may be in several of the rooms.
        let sorted = alone.sorted()
        return (sorted.indices.filter { $0 == 0 || sorted[$0 - 1] != sorted[$0] }.map { sorted[$0] }, Array(several))
    }
}
