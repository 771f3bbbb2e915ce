import Foundation
import Reservations

/// The schedules of rooms that are decided together, while the decisions come in, room by room.
struct RoomDrafts {
    /// The generation that is being written, and when.
    let generation: Int64
    let now: Date
    private var rooms: [(name: RoomName, entries: [RoomSchedule.Entry], isChanged: Bool)] = []
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

    init(since generation: Int64, at now: Date) { (self.generation, self.now) = (generation, now) }

    mutating func keep(_ stored: StoredReservation) {
        kept.insert(stored.reservation.id)
        append(RoomSchedule.Entry(stored), in: stored.reservation.id.room, isChange: false)
    }

    mutating func add(_ booked: BookedReservation, _ decision: Decision) {
        counts[decision.verdict.number] += 1
        if lastExport != booked.export { exports.insert(booked.export) }
        lastExport = booked.export
        if decision.verdict == .granted { grants.append(booked) }
        let (id, slot) = (booked.reservation.id, booked.reservation.slot)
        append(
            RoomSchedule.Entry(
                booking: booked.booking, recurrenceID: id.recurrenceID, slot: slot,
                outcome: RoomSchedule.Outcome(decision), since: generation, decidedAt: now),
            in: id.room, isChange: true)
    }

    private mutating func append(_ entry: RoomSchedule.Entry, in room: RoomName, isChange: Bool) {
        if rooms.last?.name != room { rooms.append((room, [], false)) }
        rooms[rooms.count - 1].entries.append(entry)
        if isChange { rooms[rooms.count - 1].isChanged = true }
    }

    /// What has to be written.
    /// - Parameter gone: what the rooms had and have no more.
    /// - Throws: `DatabaseError` where granted slots overlap.
    func writes(leaving gone: [StoredReservation]) throws -> [ScheduleWrite] {
        let left = Set(gone.map(\.reservation.id.room))
        let empty = left.subtracting(rooms.map(\.name)).map { ScheduleWrite(room: $0, schedule: .empty) }
        return try empty
            + rooms.filter { $0.isChanged || left.contains($0.name) }
            .map { ScheduleWrite(room: $0.name, schedule: try RoomSchedule($0.entries)) }
    }
}
