import GRDB
import Reservations

/// Inserts bookings of one generation.
struct BookingWriter {
    let generation: Int64
    private var lists = RoomLists()

    init(since generation: Int64) { self.generation = generation }

    /// Answers what is to be inserted about it when all are there.
    mutating func insert(_ booking: Booking, export: Int64, _ db: Database) throws -> FamilyRow {
        let family = FamilyNumber(booking.family)
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO booking (
                    export, since, until, line, scope, uid, recurrenceId, sequence, modified, sourcePriority, digest,
                    source, participation, created, owner, attendees, summary,
                    rooms, maxOccupants, lobby, password, occurrences, roomAddress, family
                ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        )
        try BoundStatement(statement).execute(
            export, generation, Schema.forever, booking.line, booking.key.scope, booking.key.uid,
            booking.key.recurrenceID?.text ?? "", booking.revision.sequence, booking.revision.modified.seconds,
            booking.revision.sourcePriority, booking.revision.digest, booking.revision.source,
            booking.participation.rawValue, booking.created?.seconds, booking.owner?.address,
            AttendeeLines.encode(booking.attendees), booking.summary,
            lists.text(of: booking.rooms), booking.settings.maxOccupants, booking.settings.lobby,
            booking.settings.password, OccurrenceBlob.encode(booking.occurrences),
            booking.roomAddress?.address, family.value)
        return FamilyRow(family: family, booking: db.lastInsertedRowID)
    }
}
