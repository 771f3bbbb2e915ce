import GRDB
import Reservations

/// Inserts bookings of one generation, within one transaction.
struct BookingWriter {
    let generation: Int64
    private let statement: BoundStatement
    private var lists = RoomLists()

    init(since generation: Int64, _ db: Database) throws {
        self.generation = generation
        statement = try BoundStatement(db.cachedStatement(sql: Self.insertion))
    }

    mutating func insert(_ booking: Booking, export: Int64, _ db: Database) throws -> AddedBooking {
        try insert(BookingRecord(booking, &lists), export: export, db)
    }

    func insert(_ record: BookingRecord, export: Int64, _ db: Database) throws -> AddedBooking {
        try statement.execute(export, generation, Schema.forever, then: record.values)
        let row = FamilyRow(family: try record.family(), booking: db.lastInsertedRowID)
        return AddedBooking(row: row, rooms: record.rooms)
    }

    private static let insertion = """
        INSERT INTO booking (export, since, until, \(BookingRecord.columns))
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
}

/// What a pass remembers of a booking that it has inserted.
struct AddedBooking {
    /// To be inserted when all are there.
    let row: FamilyRow
    let rooms: [RoomName]
}
