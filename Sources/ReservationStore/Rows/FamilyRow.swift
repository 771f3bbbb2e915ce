import GRDB
import Reservations

/// Which booking belongs to a family, as a row.
struct FamilyRow: Comparable {
    let family: FamilyNumber
    let booking: Int64

    /// What `insert` takes.
    static func insertion(_ db: Database) throws -> BoundStatement {
        try BoundStatement(db.cachedStatement(sql: "INSERT INTO family (number, booking) VALUES (?, ?)"))
    }

    func insert(by insertion: BoundStatement) throws { try insertion.execute(family.value, booking) }

    static func < (lhs: FamilyRow, rhs: FamilyRow) -> Bool {
        (lhs.family, lhs.booking) < (rhs.family, rhs.booking)
    }
}

extension FamilyRow {
    typealias Family = (family: BookingFamily, spans: [StoredBooking.Span])

    /// Those of `numbers`, which are in order, that have rows.
    static func known(among numbers: [FamilyNumber], _ db: Database) throws -> [FamilyNumber] {
        let statement = try db.cachedStatement(
            sql: "SELECT DISTINCT number FROM json_each(?) CROSS JOIN family ON number = value")
        return try batches(of: numbers).flatMap { try Int64.fetchAll(statement, arguments: [$0]) }
            .map(FamilyNumber.init(stored:))
    }

    /// Calls `body` with the families of each of `numbers`, mostly one, and with the rows of each in order.
    static func forEachBooking(
        of numbers: [FamilyNumber], _ db: Database, _ body: ([Family]) throws -> Void
    ) throws {
        // `CROSS` keeps the rows of a number together, in their order.
        let statement = try db.cachedStatement(
            sql: """
                SELECT booking.id, since, until, rooms, scope, uid, number FROM json_each(?)
                    CROSS JOIN family ON number = value CROSS JOIN booking ON booking.id = family.booking
                """)
        for batch in batches(of: numbers) {
            let rows = try Row.fetchCursor(statement, arguments: [batch])
            var current: (number: Int64, families: [Family]) = (0, [])
            while let row = try rows.next() {
                if current.number != row[6] {
                    try body(current.families)
                    current = (row[6], [])
                }
                note(row, in: &current.families)
            }
            try body(current.families)
        }
    }

    private static func note(_ row: Row, in families: inout [Family]) {
        let (family, span) = (BookingFamily(scope: row[4], uid: row[5]), StoredBooking.Span(row))
        // Byte by byte, as SQLite tells them apart: a composed letter and a decomposed one are equal to Swift.
        if let known = families.firstIndex(where: { $0.family.hasBytes(of: family) }) {
            families[known].spans.append(span)
        } else {
            families.append((family, [span]))
        }
    }

    /// As arrays of JSON: a question about each would take longer than its answer.
    private static func batches(of numbers: [FamilyNumber]) -> some Sequence<String> {
        stride(from: 0, to: numbers.count, by: askedAtOnce).lazy.map { start in
            let batch = numbers[start..<min(start + askedAtOnce, numbers.count)]
            return "[\(batch.map { "\($0.value)" }.joined(separator: ","))]"
        }
    }

    private static let askedAtOnce = 1_000
}

extension BookingFamily {
    /// A condition of SQL that takes `arguments` first, as ?1, ?2 and ?3: whether `booking` belongs to the family.
    static let hasBooking = """
        booking.id IN (SELECT booking FROM family WHERE number = ?1) AND booking.scope = ?2 AND booking.uid = ?3
        """

    var arguments: StatementArguments { [FamilyNumber(self).value, scope, uid] }
}
