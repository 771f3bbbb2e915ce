package import Foundation
import GRDB
package import Reservations

/// A reservation with its decision, as it stands in the database.
package struct StoredReservation: Hashable, Sendable {
    /// The booking's row, and that of its export.
    package var booking: Int64
    package var export: Int64
    package var reservation: Reservation
    package var decision: Decision
    /// The generation that decided so, and when.
    package var since: Int64
    package var decidedAt: Date
    /// Its conference is open, and what its export says by now waits for the end (EXP040).
    package var changeWaits: Bool
    /// Of the only attendee that is a room.
    package var roomAddress: Participant?
}

extension StoredReservation {
    /// Those of one room that generation `generation` sees, in order of start.
    static func ofRoom(_ room: RoomName, in generation: Int64, _ db: Database) throws -> [StoredReservation] {
        let schedule = try Schedules(in: generation).schedule(of: room, db)
        var decoder = ReservationDecoder()
        return try decoder.reservations(schedule.indices, in: schedule, of: room, db)
    }

    /// What a family holds or wants in `generation`, in order of start and room.
    static func of(_ family: BookingFamily, in generation: Int64, _ db: Database) throws -> [StoredReservation] {
        let spans = try StoredBooking.spans(of: family, db)
        var lists = RoomLists()
        let rooms = Set(try spans.flatMap { try lists.rooms($0.rooms) }.map(\.name))
        return try of(Set(spans.map(\.row)), in: rooms, generation, db)
    }

    /// What the bookings in `rows` hold or want in `rooms`, in order of start and room.
    static func of(
        _ rows: Set<Int64>, in rooms: Set<RoomName>, _ generation: Int64, _ db: Database
    ) throws -> [StoredReservation] {
        var decoder = ReservationDecoder()
        let schedules = Schedules(in: generation)
        let found = try rooms.sorted().flatMap { room in
            let schedule = try schedules.schedule(of: room, db)
            let places = schedule.indices.filter { rows.contains(schedule.booking($0)) }
            return try decoder.reservations(places, in: schedule, of: room, db)
        }
        // Of one room they are in order; so are the rooms.
        return found.sorted { $0.reservation.slot.start < $1.reservation.slot.start }
    }

    /// The visible reservations with these ids.
    static func with(
        _ ids: some Sequence<ReservationID>, _ db: Database
    ) throws -> [ReservationID: StoredReservation] {
        let schedules = try Schedules.current(db)
        var decoder = ReservationDecoder()
        var found: [ReservationID: StoredReservation] = [:]
        for (room, ids) in Dictionary(grouping: ids, by: \.room).sorted(by: { $0.key < $1.key }) {
            let schedule = try schedules.schedule(of: room, db)
            let wanted = Set(ids)
            let rows = Set(try Set(ids.map(\.family)).flatMap { try StoredBooking.spans(of: $0, db) }.map(\.row))
            let places = schedule.indices.filter { rows.contains(schedule.booking($0)) }
            for stored in try decoder.reservations(places, in: schedule, of: room, db) {
                guard wanted.contains(stored.reservation.id) else { continue }
                found[stored.reservation.id] = stored
            }
        }
        return found
    }

    /// The visible reservation with this id, if it was granted this very slot.
    static func granted(_ id: ReservationID, in slot: TimeSlot, _ db: Database) throws -> StoredReservation? {
        let schedule = try Schedules.current(db).schedule(of: id.room, db)
        let places = schedule.indices(from: slot.start.seconds, to: slot.end.seconds)
            .filter { schedule.isVerdict(.granted, at: $0) }
        var decoder = ReservationDecoder()
        return try decoder.reservations(places, in: schedule, of: id.room, db).first { $0.reservation.id == id }
    }
}
