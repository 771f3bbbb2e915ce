import Foundation
import GRDB
import Reservations

/// A booking as the values of its columns, ready for its row: it is encoded once, where it is read, and waits in this
/// form in the spool of a large export.
struct BookingRecord: Sendable {
    let values: ColumnValues
    let rooms: [RoomName]

    /// In the order of `values`.
    static let columns = """
        family, line, scope, uid, recurrenceId, sequence, modified, sourcePriority, digest, source, participation,
        created, owner, attendees, summary, rooms, maxOccupants, lobby, password, roomAddress, occurrences
        """

    /// As it was read from a disk.
    init(_ values: ColumnValues, rooms: [RoomName]) {
        self.values = values
        self.rooms = rooms
    }

    init(_ booking: Booking, _ lists: inout RoomLists) throws {
        var values = ColumnValues(capacity: 512 + booking.occurrences.count * OccurrenceBlob.usualBytes)
        values.append(booking, rooms: try lists.text(of: booking.rooms))
        self.init(values, rooms: booking.rooms.map(\.name))
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

extension ColumnValues {
    /// Those of a booking, in the order of `BookingRecord.columns`.
    ///
    /// - Parameter rooms: as `RoomLists` writes them.
    mutating func append(_ booking: Booking, rooms: String) {
        append(FamilyNumber(booking.family).value)
        append(Int64(booking.line))
        append(booking.key.scope)
        append(booking.key.uid)
        append(booking.key.recurrenceID?.text ?? "")
        append(Int64(booking.revision.sequence))
        append(booking.revision.modified.seconds)
        append(Int64(booking.revision.sourcePriority))
        append(booking.revision.digest)
        append(booking.revision.source)
        append(booking.participation.rawValue)
        append(booking.created?.seconds)
        append(booking.owner?.address)
        append(.text) { AttendeeLines.append(booking.attendees, to: &$0) }
        append(booking.summary)
        append(rooms)
        append(booking.settings.maxOccupants.map(Int64.init))
        append(booking.settings.lobby.map { $0 ? 1 : 0 })
        append(booking.settings.password)
        append(booking.roomAddress?.address)
        append(.blob) { OccurrenceBlob.append(booking.occurrences, to: &$0) }
    }
}
