import Foundation
import GRDB
import Reservations

/// What the next generation changes in one room: computed from what is visible now and from what the pass read, written
/// afterwards.
struct RoomChange {
    var room: RoomName
    /// The rows that the next generation no longer sees.
    private(set) var gone: [StoredReservation] = []
    private(set) var added: [(reservation: BookedReservation, decision: Decision)] = []
    /// The room's open conferences that the decision took into account.
    private(set) var open: Set<Int64>

    /// - Parameters:
    ///   - fresh: the room's reservations of the bookings that this pass touches.
    ///   - touched: those bookings; what the room had of them is replaced by `fresh`.
    init(
        _ room: RoomName, fresh: [BookedReservation], touched: Set<BookingFamily>, before generation: Int64,
        policy: ConflictPolicy, at now: Date, _ db: Database
    ) throws {
        self.room = room
        let stored = try StoredReservation.ofRoom(room, in: generation, db)
        let conferences = try StoredConference.open(in: room, db)
        open = Set(conferences.map(\.id))
        let opened = Set(conferences.compactMap(\.reservation))
        let past = Dictionary(stored.map { ($0.reservation.id, $0) }, uniquingKeysWith: { first, _ in first })

        // A reservation whose conference is open keeps room, slot and settings as opened; its new revision waits.
        let staying = stored.filter {
            !touched.contains($0.reservation.id.family) || opened.contains($0.reservation.id)
        }
        var competing = staying.map { BookedReservation(booking: $0.booking, reservation: $0.reservation) }
        competing += fresh.filter { !opened.contains($0.reservation.id) || past[$0.reservation.id] == nil }

        let bookings = Dictionary(
            competing.map { ($0.reservation.id, $0) }, uniquingKeysWith: { first, _ in first }
        )
        let candidates = bookings.values.map { competitor in
            Candidate(competitor.reservation, past: past[competitor.reservation.id], opened: opened)
        }
        let decisions = decide(candidates, policy: policy, at: now)
        diff(decisions, bookings, past, stored)
    }

    private mutating func diff(
        _ decisions: [Decision], _ bookings: [ReservationID: BookedReservation],
        _ past: [ReservationID: StoredReservation], _ stored: [StoredReservation]
    ) {
        var keptRows: Set<Int64> = []
        for decision in decisions.sorted(by: { $0.id < $1.id }) {
            guard let new = bookings[decision.id] else { continue }
            if let old = past[decision.id], old.booking == new.booking, old.reservation.slot == new.reservation.slot,
                old.decision == decision
            {
                keptRows.insert(old.row)
            } else {
                added.append((new, decision))
            }
        }
        gone = stored.filter { !keptRows.contains($0.row) }
    }

    /// Hides what is gone from `generation` on; before anything is added, or the trigger would see both.
    func hideGone(from generation: Int64, _ db: Database) throws {
        let statement = try db.cachedStatement(sql: "UPDATE reservation SET until = ? WHERE id = ?")
        for old in gone { try statement.execute(arguments: [generation, old.row]) }
    }

    func insert(
        _ part: ArraySlice<(reservation: BookedReservation, decision: Decision)>, since: Int64, at now: Date,
        _ db: Database
    )
        throws
    {
        for (new, decision) in part {
            try StoredReservation.insert(new, decision, since: since, at: now, db)
        }
    }

    /// Takes back what was written for this room.
    static func undo(_ room: RoomName, generation: Int64, _ db: Database) throws {
        try db.execute(sql: "DELETE FROM reservation WHERE room = ? AND since = ?", arguments: [room.text, generation])
        try db.execute(
            sql: "UPDATE reservation SET until = ? WHERE room = ? AND until = ?",
            arguments: [Schema.forever, room.text, generation]
        )
    }
}

extension Candidate {
    /// A reservation with what its past gives it: only a past in the very same slot counts.
    fileprivate init(_ reservation: Reservation, past: StoredReservation?, opened: Set<ReservationID>) {
        let previous = past.flatMap { $0.reservation.slot == reservation.slot ? $0.decision : nil }
        let standing: Standing =
            opened.contains(reservation.id) ? .open : previous?.verdict == .granted ? .granted : .none
        self.init(reservation, standing: standing, previous: previous)
    }
}
