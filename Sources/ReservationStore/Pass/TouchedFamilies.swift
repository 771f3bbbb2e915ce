import GRDB
import Reservations

/// The families that a pass decides anew: those of which it adds or hides a booking, and those that have waited.
///
/// A great export has a million of them: they are remembered by their numbers, and told apart by their rows.
struct TouchedFamilies {
    private let generation: Int64
    private var numbers: Set<FamilyNumber> = []
    /// Those that have, or may have, another row than one that the pass has added.
    private var others: Set<FamilyNumber> = []
    private var waited: Set<BookingFamily> = []

    init(generation: Int64) { self.generation = generation }

    /// Notes a family of which a row is hidden.
    mutating func note(hidden family: FamilyNumber) {
        numbers.insert(family)
        others.insert(family)
    }

    /// - Parameters:
    ///   - rows: all that the pass has added, in order.
    ///   - known: their numbers that others have already.
    mutating func note(added rows: [FamilyRow], known: [FamilyNumber]) {
        numbers.reserveCapacity(numbers.count + rows.count)
        for row in rows { numbers.insert(row.family) }
        others.formUnion(known)
        for (row, next) in zip(rows, rows.dropFirst()) where row.family == next.family { others.insert(row.family) }
    }

    mutating func note(waited families: Set<BookingFamily>) {
        waited.formUnion(families)
        for family in families { note(hidden: FamilyNumber(family)) }
    }

    func contains(_ family: BookingFamily, _ db: Database) throws -> Bool {
        guard numbers.contains(FamilyNumber(family)) else { return false }
        return try waited.contains(family) || isTouched(StoredBooking.spans(of: family, db))
    }

    private func isTouched(_ spans: [StoredBooking.Span]) -> Bool {
        spans.contains { $0.generations.lowerBound == generation || $0.generations.upperBound == generation }
    }

    /// Calls `body` with each that has more than one row that the pass has added, and with all of its rows in order;
    /// with those that have waited in any case.
    func forEachOther(_ db: Database, _ body: (BookingFamily, [StoredBooking.Span]) throws -> Void) throws {
        try FamilyRow.forEachBooking(of: others.sorted(), db) { families in
            for (family, spans) in families where !waited.contains(family) && isTouched(spans) {
                try body(family, spans)
            }
        }
        for family in waited.sorted() { try body(family, StoredBooking.spans(of: family, db)) }
    }
}
