import Foundation
import GRDB
import Reservations

/// What the next generation changes in rooms that are decided together, mostly one: computed from what is visible now
/// and from what the pass read, written afterwards.
struct RoomsChange {
    let rooms: [RoomName]
    /// What the next generation no longer sees.
    private(set) var gone: [StoredReservation] = []
    /// What it grants.
    private(set) var addedGrants: [BookedReservation] = []
    /// How many reservations it decides otherwise, by verdict.
    private(set) var added: [Verdict: Int] = [:]
    /// The rows of the exports of which reservations come or go.
    private(set) var exports: Set<Int64> = []
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
        before generation: Int64, policy: ConflictPolicy, at now: Date, _ sharing: inout ProcessorSharing?,
        _ db: Database
    ) throws {
        self.rooms = rooms
        let stored = try rooms.flatMap { try StoredReservation.ofRoom($0, in: generation, db) }
        let conferences = try rooms.filter(opened.contains).flatMap { try StoredConference.open(in: $0, db) }
        open = Set(conferences.map(\.id))
        let inUse = Set(conferences.compactMap(\.reservation))
        let families = Set(stored.map(\.reservation.id.family))
        let replaced = try families.filter { try touched.contains($0, db) }
        let untouched = stored.filter { !replaced.contains($0.reservation.id.family) }
            .map(BookedReservation.init)
        let current = Self.unique(untouched.isEmpty ? fresh : untouched + fresh)

        let competition = Competition(
            among: current.map(\.reservation),
            after: stored.map {
                DecidedReservation($0.reservation, decision: $0.decision, isOpen: inUse.contains($0.reservation.id))
            },
            addresses: policy.addresses
        )
        successions = competition.successions
        waiting = competition.waiting
        let waits = Set(competition.waiting)
        let past = Dictionary(stored.map { ($0.reservation.id, $0) }) { first, _ in first }
        var schedules = RoomDrafts(since: generation + 1, at: now)
        competition.decide(policy: policy, at: now) { place, decided in
            sharing?.step()
            let old = past[decided.reservation.id]
            // What waits for a conference keeps the revision that it was opened with.
            let booked = waits.contains(decided.reservation.id) ? nil : place.map { current[$0] }
            guard let booking = booked ?? old.map(BookedReservation.init) else { return }
            if let old, old.booking == booking.booking, old.reservation.slot == decided.reservation.slot,
                old.decision == decided.decision
            {
                schedules.keep(old)
            } else {
                schedules.add(
                    BookedReservation(
                        booking: booking.booking, export: booking.export, reservation: decided.reservation),
                    decided.decision)
            }
        }
        gone = stored.filter { !schedules.kept.contains($0.reservation.id) }
        exports = schedules.exports.union(gone.lazy.map(\.export))
        added = schedules.verdicts
        addedGrants = schedules.grants
        writes = try schedules.writes(leaving: gone)
    }

    private static func unique(_ reservations: [BookedReservation]) -> [BookedReservation] {
        var known = Set<ReservationID>(minimumCapacity: reservations.count)
        // Nearly always all are.
        guard !reservations.allSatisfy({ known.insert($0.reservation.id).inserted }) else { return reservations }
        known.removeAll(keepingCapacity: true)
        return reservations.filter { known.insert($0.reservation.id).inserted }
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
