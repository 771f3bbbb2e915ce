import Foundation
import GRDB
import Reservations
import Testing

@testable import ReservationStore

@Suite("Families that a pass decides anew")
struct TouchedFamiliesTests {
    /// Of two exports: two that have a booking of one UID each, and what only one of them has.
    @Test("Those of one new row are told apart from those of several, and of those that were there")
    func kinds() async throws {
        let store = try ReservationStore.inMemory()
        _ = try await store.apply(change("a.ics", try booking("both"), try booking("old", hour: 2)))
        var override = try booking("series", hour: 5)
        override.key.recurrenceID = RecurrenceID("20261208T150000Z")
        let added = [try booking("both"), try booking("new", hour: 3), try booking("series", hour: 4), override]
        try await store.database.write { [added] db in
            var touched = TouchedFamilies(generation: 2)
            var writer = BookingWriter(since: 2)
            for booking in added {
                let row = try writer.insert(booking, export: 1, db)
                try row.insert(db)
                touched.note(added: row)
            }
            try db.execute(sql: "UPDATE booking SET until = 2 WHERE uid = 'old'")
            var new: [Int64] = []
            try touched.forEachNew(db) { row, rooms in
                new.append(row)
                #expect(rooms.contains(#""name":"blue""#))
            }
            #expect(try new.map { try StoredBooking.withRow($0, db)?.booking.key.uid } == ["new"])
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
            for span in spans { touched.note(added: FamilyRow(family: FamilyNumber(one), booking: span.row)) }
            var others: [String: Int] = [:]
            try touched.forEachNew(db) { row, _ in Issue.record("row \(row) has the number of another one") }
            try touched.forEachOther(db) { others[$0.uid] = $1.count }
            #expect(others == ["one": 1, "two": 1])
        }
    }

    @Test("A booking that is removed leaves its family")
    func removed() async throws {
        let store = try ReservationStore.inMemory()
        _ = try await store.apply(change("a.ics", try booking("one"), try booking("two", hour: 2)))
        try await store.database.write { db in
            try db.execute(sql: "DELETE FROM reservation; DELETE FROM booking WHERE uid = 'one'")
            let left = try Int64.fetchAll(db, sql: "SELECT booking FROM family")
            let bookings = try Int64.fetchAll(db, sql: "SELECT id FROM booking")
            #expect(left == bookings && left.count == 1)
        }
    }
}
