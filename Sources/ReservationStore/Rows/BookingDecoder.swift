import Foundation
import GRDB
import Reservations

/// Makes bookings of rows that begin with `StoredBooking.columns`.
struct BookingDecoder {
    private var lists = RoomLists()
    private let leavesOutAttendees: Bool

    /// - Parameter leavesOutAttendees: for who is not asked about them; there are many.
    init(leavingOutAttendees leavesOutAttendees: Bool = false) { self.leavesOutAttendees = leavesOutAttendees }

    /// In the order of `StoredBooking.columns`. By number, since GRDB looks for a name in all columns.
    private enum Column: Int {
        case id, export, line, scope, uid, recurrenceID, sequence, modified, sourcePriority, digest, source
        case participation, created, owner, attendees, summary, rooms, maxOccupants, lobby, password, occurrences
        case roomAddress
    }

    mutating func booking(_ row: Row) throws -> StoredBooking {
        let recurrenceID: String = row[Column.recurrenceID.rawValue]
        let booking = Booking(
            key: BookingKey(
                scope: row[Column.scope.rawValue], uid: row[Column.uid.rawValue],
                recurrenceID: recurrenceID.isEmpty ? nil : RecurrenceID(recurrenceID)),
            revision: Self.revision(row),
            participation: Participation(rawValue: row[Column.participation.rawValue]) ?? .confirmed,
            created: (row[Column.created.rawValue] as Int64?).map(Date.init(seconds:)),
            owner: (row[Column.owner.rawValue] as String?).map(Participant.init(known:)),
            attendees: leavesOutAttendees ? [] : AttendeeLines.decode(row[Column.attendees.rawValue]),
            roomAddress: (row[Column.roomAddress.rawValue] as String?).map(Participant.init(known:)),
            summary: row[Column.summary.rawValue], rooms: try lists.rooms(row[Column.rooms.rawValue]),
            settings: RoomSettings(
                maxOccupants: row[Column.maxOccupants.rawValue], lobby: row[Column.lobby.rawValue],
                password: row[Column.password.rawValue]),
            occurrences: OccurrenceBlob.decode(row[Column.occurrences.rawValue]), line: row[Column.line.rawValue])
        return StoredBooking(row: row[Column.id.rawValue], export: row[Column.export.rawValue], booking: booking)
    }

    private static func revision(_ row: Row) -> Revision {
        Revision(
            sequence: row[Column.sequence.rawValue], modified: Date(seconds: row[Column.modified.rawValue]),
            sourcePriority: row[Column.sourcePriority.rawValue], digest: row[Column.digest.rawValue],
            source: row[Column.source.rawValue])
    }

    /// All that `statement`, a selection of the columns, finds.
    static func fetchAll(_ statement: Statement, _ arguments: StatementArguments) throws -> [StoredBooking] {
        var decoder = BookingDecoder()
        let rows = try Row.fetchCursor(statement, arguments: arguments)
        var found: [StoredBooking] = []
        while let row = try rows.next() { found.append(try decoder.booking(row)) }
        return found
    }
}
