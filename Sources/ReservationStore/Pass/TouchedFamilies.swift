import GRDB
import Reservations

/// The families that a pass decides anew: those of which it adds or hides a booking, and those that have waited.
///
/// A great export has a million of them: they are remembered by their numbers, and told apart by their rows.
struct TouchedFamilies {
    private let generation: Int64
    private var numbers: Set<FamilyNumber> = []
    private var waited: Set<BookingFamily> = []
    /// The first row that the pass has added; the others come after it.
    private var firstAdded: Int64?

    init(generation: Int64) { self.generation = generation }

    /// Notes a family of which rows are added or hidden.
    mutating func note(_ family: FamilyNumber) { numbers.insert(family) }

    mutating func note(added row: FamilyRow) {
        note(row.family)
        firstAdded = min(firstAdded ?? row.booking, row.booking)
    }

    mutating func note(waited families: Set<BookingFamily>) {
        waited.formUnion(families)
        for family in families { note(FamilyNumber(family)) }
    }

    func contains(_ family: BookingFamily, _ db: Database) throws -> Bool {
        guard numbers.contains(FamilyNumber(family)) else { return false }
        return try waited.contains(family)
            || StoredBooking.spans(of: family, db).contains {
                $0.generations.lowerBound == generation || $0.generations.upperBound == generation
            }
    }

    /// Calls `body` with the row and the rooms of each that has one row, which the pass has added. Of a great export
    /// nearly all are such: their rows are read in order, and others are looked for in the table of families only.
    func forEachNew(_ db: Database, _ body: (Int64, String) throws -> Void) throws {
        let rows = try Row.fetchCursor(
            db, sql: "SELECT id, rooms FROM booking AS own WHERE id >= ? AND since = ? AND NOT \(Self.hasOthers)",
            arguments: [firstAdded ?? Int64.max, generation])
        while let row = try rows.next() { try body(row[0], row[1]) }
    }

    private static let hasOthers = "EXISTS (SELECT 1 FROM family WHERE number = own.family AND booking <> own.id)"

    /// Calls `body` with each other one and all of its rows, in order; with those that have waited in any case.
    func forEachOther(_ db: Database, _ body: (BookingFamily, [StoredBooking.Span]) throws -> Void) throws {
        // `CROSS` keeps the rows of a family together.
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT id, since, until, rooms, booking.scope, booking.uid FROM (
                    SELECT family, scope, uid FROM booking AS own
                        WHERE id >= ?1 AND since = ?2 AND \(Self.hasOthers)
                    UNION SELECT family, scope, uid FROM booking WHERE until = ?2 AND until < \(Schema.forever)
                ) touched
                CROSS JOIN family ON number = touched.family
                CROSS JOIN booking ON booking.id = family.booking
                    AND booking.scope = touched.scope AND booking.uid = touched.uid
                """,
            arguments: [firstAdded ?? Int64.max, generation])
        var current: (family: BookingFamily, spans: [StoredBooking.Span])?
        func close() throws {
            guard let (family, spans) = current, !waited.contains(family) else { return }
            try body(family, spans.sorted { $0.row < $1.row })
        }
        while let row = try rows.next() {
            let family = BookingFamily(scope: row[4], uid: row[5])
            // Byte by byte, as SQLite tells them apart: a composed letter and a decomposed one are equal to Swift.
            if current.map({ family.hasBytes(of: $0.family) }) != true {
                try close()
                current = (family, [])
            }
            current?.spans.append(StoredBooking.Span(row))
        }
        try close()
        for family in waited.sorted() { try body(family, StoredBooking.spans(of: family, db)) }
    }
}
