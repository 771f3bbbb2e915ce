import Foundation
import Reservations

/// The pure part of a pass, as `ReservationStore` runs it, over what a store would have read.
struct Pass {
    /// What the last pass left, by room.
    private(set) var past: [RoomName: [DecidedReservation]] = [:]
    private let policy = ConflictPolicy()
    private let now = Date(timeIntervalSince1970: 1_796_000_000)

    /// Decides every room from nothing but the entries.
    mutating func decideAll(_ building: Building) {
        let current = building.families.values.flatMap { currentBookings(of: $0).reservations.map(\.reservation) }
        past = Dictionary(grouping: current, by: \.id.room).mapValues { decided($0, after: []).room }
    }

    /// Decides the rooms anew that the bookings with these UIDs had or have; answers how many decisions differ.
    mutating func decide(_ touched: Set<String>, of building: Building, before: Building) -> (rooms: Int, changed: Int)
    {
        let fresh = Dictionary(grouping: Self.reservations(of: touched, in: building), by: \.id.room)
        let rooms = Set(fresh.keys).union(Self.reservations(of: touched, in: before).map(\.id.room))
        var changed = 0
        for room in rooms {
            let stored = past[room] ?? []
            let untouched = stored.map(\.reservation).filter { !touched.contains($0.id.uid) }
            let result = decided(untouched + (fresh[room] ?? []), after: stored)
            past[room] = result.room
            changed += result.changed
        }
        return (rooms.count, changed)
    }

    /// Every room anew, after what the last pass left.
    func decidedAnew(_ building: Building) -> [RoomName: [DecidedReservation]] {
        let current = Dictionary(
            grouping: Self.reservations(of: Set(building.families.keys), in: building), by: \.id.room)
        return past.reduce(into: [:]) { result, room in
            result[room.key] = decided(current[room.key] ?? [], after: room.value).room
        }
    }

    private static func reservations(of uids: Set<String>, in building: Building) -> [Reservation] {
        uids.flatMap { currentBookings(of: building.families[$0] ?? []).reservations.map(\.reservation) }
    }

    /// One room, and how many of its decisions are not what they were.
    private func decided(
        _ current: [Reservation], after stored: [DecidedReservation]
    ) -> (room: [DecidedReservation], changed: Int) {
        let room = Competition(among: current, after: stored).decided(policy: policy, at: now)
        let before = Dictionary(uniqueKeysWithValues: stored.map { ($0.reservation.id, $0) })
        let changed = room.count { decided in
            let old = before[decided.reservation.id]
            return old?.decision != decided.decision || old?.reservation.slot != decided.reservation.slot
        }
        return (room, changed)
    }
}
