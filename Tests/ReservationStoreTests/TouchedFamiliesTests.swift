import Foundation
import GRDB
import Reservations
import Testing

@testable import ReservationStore

@Suite("Families that a pass decides anew")
struct TouchedFamiliesTests {
    /// Of two exports: two that have a booking of one UID each, and what only one of them has.
    @Test("Those of a single new row are told apart from those of several, and of those that were there")
    func kinds() async throws {
        let store = try ReservationStore.inMemory()
        _ = try await store.apply(
            change("a.ics", try booking("both"), try booking("old", hour: 2), try booking("stays", hour: 9)))
        var override = try booking("series", hour: 5)
        override.key.recurrenceID = RecurrenceID("20261208T150000Z")
        let added = [try booking("both"), try booking("new", hour: 3), try booking("series", hour: 4), override]
        try await store.database.write { [added] db in
            var touched = TouchedFamilies(generation: 2)
            var writer = try BookingWriter(since: 2, db)
            let rows = try added.map { try writer.insert($0, export: 1, db).row }.sorted()
            touched.note(added: rows, known: try FamilyRow.known(among: rows.map(\.family), db))
            let insertion = try FamilyRow.insertion(db)
            for row in rows { try row.insert(by: insertion) }
            let old = BookingFamily(scope: "", uid: "old")
            try db.execute(sql: "UPDATE booking SET until = 2 WHERE uid = 'old'")
            touched.note(hidden: FamilyNumber(old))
            for uid in ["both", "old", "new", "series"] {
                #expect(try touched.contains(BookingFamily(scope: "", uid: uid), db), "\(uid)")
            }
            #expect(try !touched.contains(BookingFamily(scope: "", uid: "stays"), db))
            var others: [String: Int] = [:]
            try touched.forEachOther(db) { others[$0.uid] = $1.count }
            #expect(others == ["both": 2, "series": 2, "old": 1])
        }
    }

    /// SHA-256 leaves no hope to find two: here the rows are given the number of another family.
    @Test("Families that share a number are told apart by their UIDs")
    func sharedNumber() async throws {
        let store = try ReservationStore.inMemory()
        _ = try await store.apply(change("a.ics", try booking("one"), try booking("two", hour: 2)))
        try await store.database.write { db in
            let (one, two) = (BookingFamily(scope: "", uid: "one"), BookingFamily(scope: "", uid: "two"))
            let number = FamilyNumber(one).value
            try db.execute(sql: "UPDATE booking SET family = ?", arguments: [number])
            try db.execute(sql: "UPDATE family SET number = ?", arguments: [number])
            let spans = try StoredBooking.spans(of: one, db)
            #expect(spans.count == 1)
            #expect(try StoredBooking.visible(of: one, in: 1, db).map(\.booking.key.uid) == ["one"])
            #expect(try StoredReservation.of(one, in: 1, db).map(\.reservation.id.uid) == ["one"])
            #expect(try StoredBooking.spans(of: two, db).isEmpty, "found by its own number only")
            var touched = TouchedFamilies(generation: 1)
            let rows = spans.map { FamilyRow(family: FamilyNumber(one), booking: $0.row) }
            let known = try FamilyRow.known(among: [FamilyNumber(two), FamilyNumber(one)].sorted(), db)
            #expect(known == [FamilyNumber(one)], "the number of both")
            touched.note(added: rows, known: known)
            var others: [String: Int] = [:]
            try touched.forEachOther(db) { others[$0.uid] = $1.count }
            #expect(others == ["one": 1, "two": 1])
        }
    }

    @Test("A booking that is removed leaves its family")
    func removed() async throws {
        let store = try ReservationStore.inMemory()
        _ = try await store.apply(change("a.ics", try booking("one"), try booking("two", hour: 2)))
        try await store.database.write { db in
            try db.execute(sql: "DELETE FROM schedule; DELETE FROM booking WHERE uid = 'one'")
            let left = try Int64.fetchAll(db, sql: "SELECT booking FROM family")
            let bookings = try Int64.fetchAll(db, sql: "SELECT id FROM booking")
            #expect(left == bookings && left.count == 1)
        }
    }
}
