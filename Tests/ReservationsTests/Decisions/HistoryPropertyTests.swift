import Foundation
import Reservations
import TestSupport
import Testing

/// Random histories: bookings come, move, change rooms and go, conferences open and close, a pass after each step.
@Suite("What holds through every history")
struct HistoryPropertyTests {
    @Test("Deciding the touched rooms equals deciding all, no slot is given twice, and what is open stays")
    func histories() throws {
        for seed in 0..<1_000 as Range<UInt64> {
            var history = History(seed: seed)
            for step in 0..<6 {
                let touched = history.roomsToDecide(after: try history.change())
                let partly = history.decided(in: touched)
                let wholly = history.decided(in: Set(history.rooms))
                #expect(partly == wholly, "seed \(seed), step \(step)")
                #expect(!history.hasOverlap(in: wholly), "seed \(seed), step \(step)")
                #expect(
                    history.past.values.filter(\.isOpen).allSatisfy { wholly[$0.reservation.id]?.isOpen == true },
                    "seed \(seed), step \(step)")
                history.past = wholly
            }
        }
    }
}

private struct History {
    let rooms = ["blue", "green", "red"].compactMap { RoomName($0) }
    var past: [ReservationID: DecidedReservation] = [:]
    private var current: [Reservation] = []
    private var random: SeededGenerator
    private var serial = 0
    private let policy: ConflictPolicy

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
        policy = ConflictPolicy(buffer: .seconds(seed % 2 == 0 ? 0 : 900))
    }

    /// Changes one thing, and answers the rooms that it touches.
    mutating func change() throws -> Set<RoomName> {
        guard !current.isEmpty, Int.random(in: 0..<3, using: &random) != 0 else { return try add() }
        let index = Int.random(in: current.indices, using: &random)
        let old = current[index]
        switch Int.random(in: 0..<6, using: &random) {
        case 0: current.remove(at: index)
        case 1: current[index].slot = try randomSlot()
        case 2: current[index].id.room = rooms.randomElement(using: &random) ?? old.id.room
        case 3: current[index].participation = .cancelled
        case 4: current[index].settings.maxOccupants = Int.random(in: 1...9, using: &random)
        default: return toggleConference()
        }
        let now = current.indices.contains(index) ? current[index].id.room : old.id.room
        // A conference that is open in a room of before holds the booking there.
        let held = past.values.map(\.reservation.id).filter { $0.uid == old.id.uid }.map(\.room)
        return Set([old.id.room, now] + held)
    }

    /// With the rooms in which a conference of a booking of these rooms is open: what the exports say may wait for it.
    func roomsToDecide(after touched: Set<RoomName>) -> Set<RoomName> {
        let bookings = Set(current.filter { touched.contains($0.id.room) }.map(\.id.uid))
        let open = past.values.filter { $0.isOpen && bookings.contains($0.reservation.id.uid) }
        return touched.union(open.map(\.reservation.id.room))
    }

    private mutating func add() throws -> Set<RoomName> {
        for candidate in try randomCandidates(&random, count: 3) {
            var new = candidate.reservation
            serial += 1
            new.id.uid = "\(new.id.uid)-\(serial)"
            new.id.room = rooms.randomElement(using: &random) ?? new.id.room
            current.append(new)
        }
        return Set(rooms)
    }

    /// Closes the open conference of a random room, or opens one for a granted reservation.
    private mutating func toggleConference() -> Set<RoomName> {
        let room = rooms.randomElement(using: &random) ?? rooms[0]
        let inRoom = past.values.filter { $0.reservation.id.room == room }
            .sorted { $0.reservation.id < $1.reservation.id }
        if let open = inRoom.first(where: \.isOpen) {
            past[open.reservation.id]?.isOpen = false
            let elsewhere = current.filter { $0.id.uid == open.reservation.id.uid }.map(\.id.room)
            return Set([room] + elsewhere)
        }
        let granted = inRoom.filter { $0.decision.verdict == .granted }
        if let opened = granted.randomElement(using: &random) { past[opened.reservation.id]?.isOpen = true }
        return [room]
    }

    private mutating func randomSlot() throws -> TimeSlot {
        let start = Double(Int.random(in: 0..<40, using: &random)) / 2
        return try slot(start...(start + 1))
    }

    /// What a pass over `touched` makes of everything.
    func decided(in touched: Set<RoomName>) -> [ReservationID: DecidedReservation] {
        let competition = Competition(
            among: current.filter { touched.contains($0.id.room) },
            after: past.values.filter { touched.contains($0.reservation.id.room) })
        var result = past.filter { !touched.contains($0.key.room) }
        for decided in competition.decided(policy: policy, at: hour(-200)) { result[decided.reservation.id] = decided }
        return result
    }

    func hasOverlap(in decided: [ReservationID: DecidedReservation]) -> Bool {
        let granted = decided.values.filter { $0.decision.verdict == .granted }.map(\.reservation)
        return Dictionary(grouping: granted, by: \.id.room).values.contains { room in
            let slots = room.map(\.slot).sorted()
            return zip(slots, slots.dropFirst()).contains { $0.overlaps($1) }
        }
    }
}
