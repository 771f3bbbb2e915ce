import Foundation
import Reservations

/// The schedules of rooms that are decided together, while the decisions come in, room by room.
struct RoomDrafts {
    private var rooms: [(name: RoomName, lines: [Line], isChanged: Bool)] = []
    /// What stays as it was decided.
    private(set) var kept: Set<ReservationID> = []
    /// What is granted anew.
    private(set) var grants: [BookedReservation] = []
    /// How many are decided otherwise than before, by the verdict's number.
    private var counts = [0, 0, 0]
    /// The rows of those exports.
    private(set) var exports: Set<Int64> = []
    private var lastExport: Int64?

    /// How many are decided otherwise than before.
    var verdicts: [Verdict: Int] {
        [Verdict.granted, .declined, .duplicate].reduce(into: [:]) { $0[$1] = counts[$1.number] }
    }

    fileprivate enum Line {
        case kept(StoredReservation)
        case added(booking: Int64, Reservation, Decision)
    }

    mutating func keep(_ stored: StoredReservation) {
        kept.insert(stored.reservation.id)
        append(.kept(stored), in: stored.reservation.id.room, isChange: false)
    }

    mutating func add(_ booked: BookedReservation, _ decision: Decision) {
        counts[decision.verdict.number] += 1
        if lastExport != booked.export { exports.insert(booked.export) }
        lastExport = booked.export
        if decision.verdict == .granted { grants.append(booked) }
        append(
            .added(booking: booked.booking, booked.reservation, decision), in: booked.reservation.id.room,
            isChange: true)
    }

    private mutating func append(_ line: Line, in room: RoomName, isChange: Bool) {
        if rooms.last?.name != room { rooms.append((room, [], false)) }
        rooms[rooms.count - 1].lines.append(line)
        if isChange { rooms[rooms.count - 1].isChanged = true }
    }

    /// What has to be written.
    /// - Parameters:
    ///   - gone: what the rooms had and have no more.
    ///   - generation: that is being written, at `now`.
    /// - Throws: `DatabaseError` where granted slots overlap.
    func writes(
        leaving gone: [StoredReservation], since generation: Int64, at now: Date
    ) throws -> [ScheduleWrite] {
        let left = Set(gone.map(\.reservation.id.room))
        let empty = left.subtracting(rooms.map(\.name)).map { ScheduleWrite(room: $0, schedule: .empty) }
        return try empty
            + rooms.filter { $0.isChanged || left.contains($0.name) }.map { room in
                let entries = room.lines.map { $0.entry(since: generation, at: now) }
                return ScheduleWrite(room: room.name, schedule: try RoomSchedule(entries))
            }
    }
}

extension RoomDrafts.Line {
    fileprivate func entry(since generation: Int64, at now: Date) -> RoomSchedule.Entry {
        switch self {
        case .kept(let stored): RoomSchedule.Entry(stored)
        case .added(let booking, let reservation, let decision):
            RoomSchedule.Entry(
                booking: booking, recurrenceID: reservation.id.recurrenceID, slot: reservation.slot,
                outcome: RoomSchedule.Outcome(decision), since: generation, decidedAt: now)
        }
    }
}
