import Reservations

/// Which rooms must be decided together: those among which a booking moves whose conference is open.
struct RoomGroups {
    private var groups: [Int: Set<RoomName>] = [:]
    private var groupOfRoom: [RoomName: Int] = [:]

    /// Each room alone.
    init(_ rooms: Set<RoomName>) {
        for (number, room) in rooms.sorted().enumerated() {
            groups[number] = [room]
            groupOfRoom[room] = number
        }
    }

    /// Lets `rooms` be decided together, with all that are decided together with one of them.
    mutating func join(_ rooms: Set<RoomName>) {
        let numbers = Set(rooms.compactMap { groupOfRoom[$0] })
        guard let number = numbers.min() else { return }
        let joined = numbers.reduce(into: Set<RoomName>()) { $0.formUnion(groups[$1] ?? []) }
        for other in numbers { groups[other] = nil }
        groups[number] = joined
        for room in joined { groupOfRoom[room] = number }
    }

    /// By their first rooms.
    var sorted: [[RoomName]] { groups.sorted { $0.key < $1.key }.map { $0.value.sorted() } }
}
