import Foundation
import GRDB
import Reservations

/// A booking as the values of its columns, ready for its row: it is encoded once, where it is read, and waits in this
/// form in the spool of a large export.
struct BookingRecord: Sendable {
    let values: ColumnValues.Reader
    let rooms: [RoomName]

    /// In the order of `values`.
    static let columns = """
        family, line, scope, uid, recurrenceId, sequence, modified, sourcePriority, digest, source, participation,
        created, owner, attendees, summary, rooms, maxOccupants, lobby, password, roomAddress, occurrences
        """

    /// As it was read from a disk.
    init(_ values: ColumnValues.Reader, rooms: [RoomName]) {
        self.values = values
        self.rooms = rooms
    }

    init(_ booking: Booking, _ lists: inout RoomLists) throws {
        var values = ColumnValues(capacity: 512 + booking.occurrences.count * OccurrenceBlob.usualBytes)
        values.append(booking, rooms: try lists.text(of: booking.rooms))
        self.init(values.reader, rooms: booking.rooms.map(\.name))
    }

    /// The number of its family, the first of the values.
    func family() throws -> FamilyNumber {
        var values = values
        return FamilyNumber(stored: try values.number())
    }
}

extension ColumnValues.Reader {
    /// - Parameter leavesOutAttendees: for who is not asked about them; there are many.
    /// - Throws: where these are not the values of a booking: the disk has not kept what was written.
    mutating func booking(
        _ lists: inout RoomLists, leavingOutAttendees leavesOutAttendees: Bool = false
    ) throws -> Booking {
        _ = try number()
        let line = Int(try number())
        let (scope, uid, recurrenceID) = (try text(), try text(), try text())
        let key = BookingKey(
            scope: scope, uid: uid, recurrenceID: recurrenceID.isEmpty ? nil : RecurrenceID(recurrenceID))
        let revision = Revision(
            sequence: Int(try number()), modified: Date(seconds: try number()), sourcePriority: Int(try number()),
            digest: try text(), source: try text())
        guard let participation = Participation(rawValue: try text()) else { throw ColumnValues.damage }
        let created = try optionalNumber().map(Date.init(seconds:))
        let owner = try optionalText().map(Participant.init(known:))
        let addresses = try placeOfText()
        let attendees = leavesOutAttendees ? [] : AttendeeLines.decode(text(in: addresses))
        let (summary, rooms) = (try text(), try lists.rooms(bytes(in: try placeOfText())))
        let settings = RoomSettings(
            maxOccupants: try optionalNumber().map { Int($0) }, lobby: try optionalNumber().map { $0 != 0 },
            password: try optionalText())
        let roomAddress = try optionalText().map(Participant.init(known:))
        let occurrences = try blob(OccurrenceBlob.decode(_:in:))
        return Booking(
            key: key, revision: revision, participation: participation, created: created, owner: owner,
            attendees: attendees, roomAddress: roomAddress, summary: summary, rooms: rooms, settings: settings,
            occurrences: occurrences, line: line)
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
