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
            for booking in added { touched.note(booking.family, addedIn: try writer.insert(booking, export: 1, db)) }
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
}
