import Foundation
import GRDB
import Reservations

/// What the next generation changes in rooms that are decided together, mostly one: computed from what is visible now
/// and from what the pass read, written afterwards.
struct RoomsChange {
    let rooms: [RoomName]
    /// What the next generation no longer sees.
    private(set) var gone: [StoredReservation] = []
    private(set) var added: [(reservation: BookedReservation, decision: Decision)] = []
    /// The schedules of the rooms where something goes or comes.
    private(set) var writes: [ScheduleWrite] = []
    /// The rooms' open conferences that the decision took into account.
    let open: Set<Int64>
    let successions: [Competition.Succession]
    /// Of touched bookings: what is kept as it was opened.
    let waiting: [ReservationID]

    /// - Parameters:
    ///   - fresh: the rooms' reservations of the bookings that this pass touches.
    ///   - touched: those bookings; what the rooms had of them is replaced by `fresh`.
    ///   - opened: the rooms, among others, that have open conferences.
    init(
        _ rooms: [RoomName], fresh: [BookedReservation], touched: TouchedFamilies, opened: Set<RoomName>,
        before generation: Int64, policy: ConflictPolicy, at now: Date, _ db: Database
    ) throws {
        self.rooms = rooms
        let stored = try rooms.flatMap { try StoredReservation.ofRoom($0, in: generation, db) }
        let conferences = try rooms.filter(opened.contains).flatMap { try StoredConference.open(in: $0, db) }
        open = Set(conferences.map(\.id))
        let inUse = Set(conferences.compactMap(\.reservation))
        let past = Dictionary(stored.map { ($0.reservation.id, $0) }) { first, _ in first }
        let families = Set(stored.map(\.reservation.id.family))
        let replaced = try families.filter { try touched.contains($0, db) }
        let untouched = stored.filter { !replaced.contains($0.reservation.id.family) }
            .map(BookedReservation.init)
        let current = Dictionary((untouched + fresh).map { ($0.reservation.id, $0) }) { first, _ in first }

        let competition = Competition(
            among: current.values.map(\.reservation),
            after: stored.map {
                DecidedReservation($0.reservation, decision: $0.decision, isOpen: inUse.contains($0.reservation.id))
            },
            addresses: policy.addresses
        )
        successions = competition.successions
        waiting = competition.waiting
        let waits = Set(competition.waiting)
        var kept: Set<ReservationID> = []
        var entries: [RoomName: [RoomSchedule.Entry]] = [:]
        for decided in competition.decided(policy: policy, at: now) {
            let id = decided.reservation.id
            // What waits for a conference keeps the revision that it was opened with.
            let earlier = past[id].map(BookedReservation.init)
            guard var booked = waits.contains(id) ? earlier : current[id] ?? earlier else { continue }
            if let old = past[id], old.booking == booked.booking, old.reservation.slot == decided.reservation.slot,
                old.decision == decided.decision
            {
                kept.insert(id)
                try entries[id.room, default: []].append(RoomSchedule.Entry(old))
            } else {
                booked.reservation = decided.reservation
                added.append((booked, decided.decision))
                try entries[id.room, default: []].append(
                    RoomSchedule.Entry(booked, decided.decision, since: generation + 1, at: now))
            }
        }
        gone = stored.filter { !kept.contains($0.reservation.id) }
        let changed = Set(gone.map(\.reservation.id.room)).union(added.map(\.reservation.reservation.id.room))
        writes = try changed.sorted().map { ScheduleWrite(room: $0, schedule: try RoomSchedule(entries[$0] ?? [])) }
    }

    var addedGrants: [BookedReservation] {
        added.filter { $0.decision.verdict == .granted }.map(\.reservation)
    }

    /// What was granted and is no grant any more: withdrawn, moved, or displaced. Of a meeting that goes on under
    /// another UID, or in a slot that is shorter or longer, that one tells.
    var leaving: [StoredReservation] {
        guard !gone.isEmpty else { return [] }
        let grants = addedGrants.map(\.reservation)
        let slots = Dictionary(grants.map { ($0.id, $0.slot) }) { first, _ in first }
        var staying = Set(grants.map { Claim($0) })
        for succession in successions where staying.contains(Claim(of: succession.to, to: succession.slot)) {
            staying.insert(Claim(of: succession.from, to: succession.slot))
        }
        return gone.filter { old in
            old.decision.verdict == .granted && !staying.contains(Claim(old.reservation))
                && slots[old.reservation.id]?.overlaps(old.reservation.slot) != true
        }
    }
}
