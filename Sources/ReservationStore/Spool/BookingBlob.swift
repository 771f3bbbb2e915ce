import Foundation
import GRDB
import Reservations

/// A booking as bytes, on its way from its reader to a pass: what no statement asks about needs no column, and each
/// column has its price twice.
///
/// Numbers are little-endian `Int64`; a text has its length in bytes before it, -1 for none.
struct BookingBlob {
    /// There are few lists of rooms, and many bookings.
    private var lists = RoomLists()

    mutating func encode(_ booking: Booking) throws -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(512 + booking.occurrences.count * OccurrenceBlob.usualBytes)
        for number in [
            Int64(booking.line), Int64(booking.revision.sequence), booking.revision.modified.seconds,
            Int64(booking.revision.sourcePriority), Int64(booking.occurrences.count),
        ] { bytes.append(littleEndian: number) }
        for number in [
            booking.created?.seconds, booking.settings.maxOccupants.map(Int64.init),
            booking.settings.lobby.map { $0 ? 1 : 0 },
        ] { bytes.append(number) }
        for text in [
            booking.key.scope, booking.key.uid, booking.key.recurrenceID?.text, booking.revision.digest,
            booking.revision.source, booking.participation.rawValue, booking.owner?.address,
            booking.roomAddress?.address, booking.summary, booking.settings.password,
            AttendeeLines.encode(booking.attendees), try lists.text(of: booking.rooms),
        ] { bytes.append(text) }
        OccurrenceBlob.append(booking.occurrences, to: &bytes)
        return bytes
    }

    /// - Throws: where these are not the bytes of a booking: the disk has not kept what was written.
    mutating func decode(_ bytes: [UInt8]) throws -> Booking {
        var fields = BlobFields(bytes)
        let (line, sequence) = (Int(try fields.number()), Int(try fields.number()))
        let (modified, priority) = (Date(seconds: try fields.number()), Int(try fields.number()))
        let occurrenceCount = Int(try fields.number())
        let created = try fields.optionalNumber().map(Date.init(seconds:))
        var settings = RoomSettings(
            maxOccupants: try fields.optionalNumber().map { Int($0) },
            lobby: try fields.optionalNumber().map { $0 != 0 })
        let key = BookingKey(
            scope: try fields.text(), uid: try fields.text(),
            recurrenceID: try fields.optionalText().map(RecurrenceID.init))
        let revision = Revision(
            sequence: sequence, modified: modified, sourcePriority: priority, digest: try fields.text(),
            source: try fields.text())
        guard let participation = Participation(rawValue: try fields.text()) else { throw BlobFields.damage }
        let owner = try fields.optionalText().map(Participant.init(known:))
        let roomAddress = try fields.optionalText().map(Participant.init(known:))
        let summary = try fields.text()
        settings.password = try fields.optionalText()
        let attendees = AttendeeLines.decode(try fields.text())
        let rooms = try lists.rooms(try fields.text())
        let occurrences = OccurrenceBlob.decode(fields.rest)
        guard occurrences.count == occurrenceCount else { throw BlobFields.damage }
        return Booking(
            key: key, revision: revision, participation: participation, created: created, owner: owner,
            attendees: attendees, roomAddress: roomAddress, summary: summary, rooms: rooms, settings: settings,
            occurrences: occurrences, line: line)
    }
}

/// The fields of a blob, one after the other.
private struct BlobFields {
    private let bytes: [UInt8]
    private var offset = 0

    static var damage: DatabaseError { DatabaseError(message: "a booking in the temporary file is damaged") }

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var rest: ArraySlice<UInt8> { bytes[offset...] }

    mutating func number() throws -> Int64 {
        guard bytes.count - offset >= 8 else { throw Self.damage }
        defer { offset += 8 }
        return bytes[offset...].integer(at: offset)
    }

    mutating func optionalNumber() throws -> Int64? {
        guard try flag() else { return nil }
        return try number()
    }

    mutating func text() throws -> String {
        guard let text = try optionalText() else { throw Self.damage }
        return text
    }

    mutating func optionalText() throws -> String? {
        let count = Int(try number())
        guard count >= 0 else { return nil }
        guard count <= bytes.count - offset else { throw Self.damage }
        defer { offset += count }
        return String(decoding: bytes[offset..<offset + count], as: UTF8.self)
    }

    private mutating func flag() throws -> Bool {
        guard offset < bytes.count else { throw Self.damage }
        defer { offset += 1 }
        return bytes[offset] != 0
    }
}

extension [UInt8] {
    fileprivate mutating func append(_ number: Int64?) {
        append(number == nil ? 0 : 1)
        if let number { append(littleEndian: number) }
    }

    fileprivate mutating func append(_ text: String?) {
        append(littleEndian: Int64(text?.utf8.count ?? -1))
        if let text { append(contentsOf: text.utf8) }
    }
}
