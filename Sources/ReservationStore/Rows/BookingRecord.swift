import Foundation
import GRDB
import Reservations

/// A booking as the values of its columns, ready for its row: it is encoded once, where it is read, and waits in this
/// form in the spool of a large export.
struct BookingRecord: Sendable {
    let values: ColumnValues

    /// In the order of `values`.
    static let columns = """
        family, line, scope, uid, recurrenceId, sequence, modified, sourcePriority, digest, source, participation,
        created, owner, attendees, summary, rooms, maxOccupants, lobby, password, roomAddress, occurrences
        """

    /// As it was read from a disk.
    init(_ values: ColumnValues) { self.values = values }

    init(_ booking: Booking, _ lists: inout RoomLists) throws {
        var values = ColumnValues(capacity: 512 + booking.occurrences.count * OccurrenceBlob.usualBytes)
        values.append(FamilyNumber(booking.family).value)
        values.append(Int64(booking.line))
        values.append(booking.key.scope)
        values.append(booking.key.uid)
        values.append(booking.key.recurrenceID?.text ?? "")
        values.append(Int64(booking.revision.sequence))
        values.append(booking.revision.modified.seconds)
        values.append(Int64(booking.revision.sourcePriority))
        values.append(booking.revision.digest)
        values.append(booking.revision.source)
        values.append(booking.participation.rawValue)
        values.append(booking.created?.seconds)
        values.append(booking.owner?.address)
        values.append(AttendeeLines.encode(booking.attendees))
        values.append(booking.summary)
        values.append(try lists.text(of: booking.rooms))
        values.append(booking.settings.maxOccupants.map(Int64.init))
        values.append(booking.settings.lobby.map { $0 ? 1 : 0 })
        values.append(booking.settings.password)
        values.append(booking.roomAddress?.address)
        values.append(blob: OccurrenceBlob.encode(booking.occurrences))
        self.values = values
    }

    /// - Throws: where these are not the values of a booking: the disk has not kept what was written.
    func booking(_ lists: inout RoomLists) throws -> Booking {
        var values = values.reader
        _ = try values.number()
        let line = Int(try values.number())
        let (scope, uid, recurrenceID) = (try values.text(), try values.text(), try values.text())
        let key = BookingKey(
            scope: scope, uid: uid, recurrenceID: recurrenceID.isEmpty ? nil : RecurrenceID(recurrenceID))
        let revision = Revision(
            sequence: Int(try values.number()), modified: Date(seconds: try values.number()),
            sourcePriority: Int(try values.number()), digest: try values.text(), source: try values.text())
        guard let participation = Participation(rawValue: try values.text()) else { throw ColumnValues.damage }
        let created = try values.optionalNumber().map(Date.init(seconds:))
        let owner = try values.optionalText().map(Participant.init(known:))
        let attendees = AttendeeLines.decode(try values.text())
        let (summary, rooms) = (try values.text(), try lists.rooms(try values.text()))
        let settings = RoomSettings(
            maxOccupants: try values.optionalNumber().map { Int($0) },
            lobby: try values.optionalNumber().map { $0 != 0 }, password: try values.optionalText())
        let roomAddress = try values.optionalText().map(Participant.init(known:))
        let occurrences = OccurrenceBlob.decode(try values.blob())
        return Booking(
            key: key, revision: revision, participation: participation, created: created, owner: owner,
            attendees: attendees, roomAddress: roomAddress, summary: summary, rooms: rooms, settings: settings,
            occurrences: occurrences, line: line)
    }

    /// The number of its family, the first of the values.
    func family() throws -> FamilyNumber {
        var values = values.reader
        return FamilyNumber(stored: try values.number())
    }
}
