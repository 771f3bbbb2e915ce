import GRDB
import Reservations

/// Inserts bookings of one generation. Neighbours are mostly in the same rooms, which are encoded once.
struct BookingWriter {
    let generation: Int64
    private var lastRooms: (value: [BookedRoom], text: String)?

    init(since generation: Int64) { self.generation = generation }

    /// Answers its row.
    mutating func insert(_ booking: Booking, export: Int64, _ db: Database) throws -> Int64 {
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO booking (
                    export, since, until, line, scope, uid, recurrenceId, sequence, modified, sourcePriority, digest,
                    source, participation, created, owner, attendees, summary,
                    rooms, maxOccupants, lobby, password, occurrences, roomAddress
                ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        )
        try statement.execute(arguments: [
            export, generation, Schema.forever, booking.line, booking.key.scope, booking.key.uid,
            booking.key.recurrenceID?.text ?? "", booking.revision.sequence, booking.revision.modified.seconds,
            booking.revision.sourcePriority, booking.revision.digest, booking.revision.source,
            booking.participation.rawValue, booking.created?.seconds, booking.owner?.address,
            booking.attendees.map(\.address).joined(separator: "\n"), booking.summary,
            try text(of: booking.rooms), booking.settings.maxOccupants, booking.settings.lobby,
            booking.settings.password, OccurrenceBlob.encode(booking.occurrences),
            booking.roomAddress?.address,
        ])
        return db.lastInsertedRowID
    }

    private mutating func text(of rooms: [BookedRoom]) throws -> String {
        if let lastRooms, lastRooms.value == rooms { return lastRooms.text }
        let text = try StoredJSON.encode(rooms)
        lastRooms = (rooms, text)
        return text
    }
}
