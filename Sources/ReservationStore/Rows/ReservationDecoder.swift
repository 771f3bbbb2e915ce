import Diagnostics
import Foundation
import GRDB
import Reservations

/// Makes values of rows that begin with the columns of `StoredReservation.selection`.
///
/// What a booking says about all its reservations in a room is decoded once, since mostly it has many.
struct ReservationDecoder {
    private var rooms: [String: RoomName] = [:]
    private var said: [BookingInRoom: Said] = [:]
    private var lists = RoomLists()

    private struct BookingInRoom: Hashable {
        let booking: Int64
        let room: RoomName
    }

    private struct Said {
        /// Any one of the booking's in this room.
        let reservation: Reservation
        let roomAddress: Participant?
    }

    /// In the order of `StoredReservation.selection`. By number, since GRDB looks for a name in all columns.
    private enum Column: Int {
        case id, booking, scope, uid, recurrenceID, room, startsAt, endsAt, verdict, code, reason, blocking
        case nextFreeStart, nextFreeEnd, decidedAt, participation, created, owner, attendees, summary, rooms
        case maxOccupants, lobby, password, roomAddress, source, sourcePriority, export, changeWaits
    }

    mutating func reservation(_ row: Row) throws -> StoredReservation {
        let slot = try Self.slot(row)
        let said = try said(row, room: room(row), slot)
        let written: String = row[Column.recurrenceID.rawValue]
        let reservation = said.reservation.occurrence(written.isEmpty ? nil : RecurrenceID(written), in: slot)
        return StoredReservation(
            row: row[Column.id.rawValue], booking: row[Column.booking.rawValue],
            export: row[Column.export.rawValue], reservation: reservation,
            decision: try Self.decision(row, reservation.id),
            decidedAt: Date(seconds: row[Column.decidedAt.rawValue]), changeWaits: row[Column.changeWaits.rawValue],
            roomAddress: said.roomAddress)
    }

    private mutating func room(_ row: Row) throws -> RoomName {
        let text: String = row[Column.room.rawValue]
        if let known = rooms[text] { return known }
        let name = try RoomName.stored(text)
        rooms[text] = name
        return name
    }

    private mutating func said(_ row: Row, room: RoomName, _ slot: TimeSlot) throws -> Said {
        let key = BookingInRoom(booking: row[Column.booking.rawValue], room: room)
        if let known = said[key] { return known }
        let new = Said(
            reservation: Self.first(row, room, slot, among: try lists.rooms(row[Column.rooms.rawValue])),
            roomAddress: (row[Column.roomAddress.rawValue] as String?).map(Participant.init(known:)))
        said[key] = new
        return new
    }

    private static func first(
        _ row: Row, _ room: RoomName, _ slot: TimeSlot, among rooms: [BookedRoom]
    ) -> Reservation {
        return Reservation(
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
    }

    private static func slot(_ row: Row) throws -> TimeSlot {
        let (start, end): (Int64, Int64) = (row[Column.startsAt.rawValue], row[Column.endsAt.rawValue])
        guard let slot = TimeSlot(start: Date(seconds: start), end: Date(seconds: end)) else {
            throw DatabaseError(message: "reservation \(row[Column.id.rawValue] as Int64) ends before it starts")
        }
        return slot
    }

    private static func decision(_ row: Row, _ id: ReservationID) throws -> Decision {
        let written: Int = row[Column.verdict.rawValue]
        guard let verdict = Verdict(number: written) else {
            throw DatabaseError(message: "unknown verdict \(written)")
        }
        let start: Int64? = row[Column.nextFreeStart.rawValue]
        let end: Int64? = row[Column.nextFreeEnd.rawValue]
        let nextFree = start.flatMap { start in
            end.flatMap { TimeSlot(start: Date(seconds: start), end: Date(seconds: $0)) }
        }
        let blocking: String = row[Column.blocking.rawValue]
        return Decision(
            id: id, verdict: verdict, code: (row[Column.code.rawValue] as String?).flatMap(DiagnosticCode.init),
            reason: (row[Column.reason.rawValue] as String?).flatMap(RankElement.init),
            blocking: try ReservationIDList.decode(blocking), nextFree: nextFree
        )
    }
}
