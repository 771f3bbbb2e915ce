import GRDB
import Reservations

/// Inserts bookings of one generation.
struct BookingWriter {
    let generation: Int64
    private var lists = RoomLists()

    init(since generation: Int64) { self.generation = generation }

    /// Answers what is to be inserted about it when all are there.
    mutating func insert(_ booking: Booking, export: Int64, _ db: Database) throws -> FamilyRow {
        try insert(BookingRecord(booking, &lists), export: export, db)
    }

    func insert(_ record: BookingRecord, export: Int64, _ db: Database) throws -> FamilyRow {
        let statement = try db.cachedStatement(sql: Self.insertion)
        try BoundStatement(statement).execute(export, generation, Schema.forever, then: record.values)
        return FamilyRow(family: try record.family(), booking: db.lastInsertedRowID)
    }

    private static let insertion = """
        INSERT INTO booking (export, since, until, \(BookingRecord.columns))
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
}
