import Reservations

extension Booking {
    /// By the first room and the first slot; by key where these are equal.
    func isDecidedBefore(_ other: Booking) -> Bool {
        let (room, others) = (rooms.first?.name, other.rooms.first?.name)
        guard room == others else { return room?.text ?? "" < others?.text ?? "" }
        let (slot, othersSlot) = (occurrences.first?.slot, other.occurrences.first?.slot)
        guard slot == othersSlot else { return slot.map { mine in othersSlot.map { mine < $0 } ?? false } ?? true }
        return family < other.family
    }
}
