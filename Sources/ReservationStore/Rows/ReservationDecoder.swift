import Foundation
import GRDB
import Reservations

/// Makes reservations of schedules' entries and of what their bookings say; that is read and decoded once for each
/// booking in a room, since mostly it has many.
struct ReservationDecoder {
    private var said: [BookingInRoom: Said] = [:]
    private var waiting: (room: RoomName, ids: Set<ReservationID>)?
    private var lists = RoomLists()

    private struct BookingInRoom: Hashable {
        let booking: Int64
        let room: RoomName
    }

    private struct Said {
        /// Any one of the booking's in this room.
        let reservation: Reservation
        let export: Int64
        let roomAddress: Participant?
    }

    /// - Parameters:
    ///   - places: of the entries in `schedule`.
    ///   - room: whose schedule it is.
    mutating func reservations(
        _ places: some Sequence<Int>, in schedule: RoomSchedule, of room: RoomName, _ db: Database
    ) throws -> [StoredReservation] {
        try places.map { try reservation(schedule.entry($0), in: room, db) }
    }

    mutating func reservation(
        _ entry: RoomSchedule.Entry, in room: RoomName, _ db: Database
    ) throws -> StoredReservation {
        let said = try said(by: entry, in: room, db)
        let reservation = said.reservation.occurrence(entry.recurrenceID, in: entry.slot)
        return StoredReservation(
            booking: entry.booking, export: said.export, reservation: reservation,
            decision: try entry.outcome.decision(about: reservation.id), since: entry.since, decidedAt: entry.decidedAt,
            changeWaits: try waiting(in: room, db).contains(reservation.id), roomAddress: said.roomAddress)
    }

    private mutating func waiting(in room: RoomName, _ db: Database) throws -> Set<ReservationID> {
        if let waiting, waiting.room == room { return waiting.ids }
        let ids = try WaitingRows.ids(in: room, db)
        waiting = (room, ids)
        return ids
    }

    private mutating func said(
        by entry: RoomSchedule.Entry, in room: RoomName, _ db: Database
    ) throws -> Said {
        let key = BookingInRoom(booking: entry.booking, room: room)
        if let known = said[key] { return known }
        let statement = try db.cachedStatement(sql: "SELECT \(Self.columns) FROM booking WHERE id = ?")
        let new = try statement.first([entry.booking]) { try said($0, room, entry.slot) }
        guard let new else { throw DatabaseError(message: "a reservation of \(room.text) has no booking") }
        said[key] = new
        return new
    }

    private static let columns = """
        scope, uid, participation, created, owner, attendees, summary, rooms, maxOccupants, lobby, password,
        roomAddress, source, sourcePriority, export
        """

    /// In the order of `columns`. By number, since GRDB looks for a name in all columns.
    private enum Column: Int {
        case scope, uid, participation, created, owner, attendees, summary, rooms, maxOccupants, lobby, password
        case roomAddress, source, sourcePriority, export
    }

    private mutating func said(_ row: Row, _ room: RoomName, _ slot: TimeSlot) throws -> Said {
        let rooms = try lists.rooms(row[Column.rooms.rawValue])
        let reservation = Reservation(
            id: ReservationID(scope: row[Column.scope.rawValue], uid: row[Column.uid.rawValue], room: room), slot: slot,
            participation: Participation(rawValue: row[Column.participation.rawValue]) ?? .confirmed,
            created: (row[Column.created.rawValue] as Int64?).map(Date.init(seconds:)),
            owner: (row[Column.owner.rawValue] as String?).map(Participant.init(known:)),
            attendees: AttendeeLines.decode(row[Column.attendees.rawValue]),
            summary: row[Column.summary.rawValue],
            shownRoom: rooms.first { $0.name == room }?.shown ?? room.text,
            settings: RoomSettings(
                maxOccupants: row[Column.maxOccupants.rawValue], lobby: row[Column.lobby.rawValue],
                password: row[Column.password.rawValue]),
            source: row[Column.source.rawValue], sourcePriority: row[Column.sourcePriority.rawValue]
        )
        return Said(
            reservation: reservation, export: row[Column.export.rawValue],
            roomAddress: (row[Column.roomAddress.rawValue] as String?).map(Participant.init(known:)))
    }
}
