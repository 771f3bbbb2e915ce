import Foundation
import GRDB
import Reservations
import Testing

@testable import ReservationStore

@Suite("A booking as values of columns")
struct BookingRecordTests {
    /// With all that a booking can have, and with as little as it can have.
    private static func bookings() throws -> [Booking] {
        var full = try booking("ü", settings: RoomSettings(maxOccupants: 7, lobby: false, password: "s\n"), line: 12)
        full.key = BookingKey(scope: "s", uid: "aé", recurrenceID: RecurrenceID("20261208T100000Z"))
        full.revision = Revision(sequence: -3, modified: ten, sourcePriority: 9, digest: "0f", source: "source")
        full.participation = .cancelled
        full.attendees = ["b@example.org", "c@example.org"].map(Participant.init(known:))
        full.roomAddress = Participant(known: "room@example.org")
        full.summary = "Übung"
        full.rooms += try booking("x", room: "red").rooms
        full.occurrences.append(Occurrence(recurrenceID: RecurrenceID("20261209"), slot: full.occurrences[0].slot))
        let least = Booking(key: BookingKey(uid: "u"), revision: Revision(source: ""), rooms: [], occurrences: [])
        return [full, least]
    }

    @Test("comes back as it was", arguments: [0, 1])
    func roundTrip(index: Int) throws {
        let booking = try Self.bookings()[index]
        var lists = RoomLists()
        let record = try BookingRecord(booking, &lists)
        #expect(try record.booking(&lists) == booking)
        #expect(try record.family() == FamilyNumber(booking.family))
    }

    @Test("that has lost its end is no booking", arguments: [0, 1])
    func cut(index: Int) throws {
        let booking = try Self.bookings()[index]
        var lists = RoomLists()
        let bytes = try BookingRecord(booking, &lists).values.rest
        for count in 0..<bytes.count {
            let cut = BookingRecord(ColumnValues(bytes: Array(bytes[..<count])).reader, rooms: [])
            #expect(throws: DatabaseError.self) { try cut.booking(&lists) }
        }
    }

    @Test("is in its row what it was, and what is damaged comes into none", arguments: [0, 1])
    func row(index: Int) async throws {
        let booking = try Self.bookings()[index]
        let store = try ReservationStore.inMemory()
        try await store.database.write { db in
            var lists = RoomLists()
            let export = try StoredExport.insertEmpty(ExportName(source: "s", path: "a"), at: ten, db)
            let record = try BookingRecord(booking, &lists)
            let added = try BookingWriter(since: 1, db).insert(record, export: export, db)
            #expect(added.rooms == booking.rooms.map(\.name))
            #expect(try StoredBooking.withRow(added.row.booking, db)?.booking == booking)
            let bytes = record.values.rest
            for count in stride(from: 0, to: bytes.count, by: 5) {
                let cut = BookingRecord(ColumnValues(bytes: Array(bytes[..<count])).reader, rooms: [])
                #expect(throws: DatabaseError.self, "\(count)") {
                    try BookingWriter(since: 1, db).insert(cut, export: export, db)
                }
            }
        }
    }

    @Test("A list of rooms is that of its bytes, whichever came before, and none without any")
    func lists() throws {
        var lists = RoomLists()
        #expect(throws: (any Error).self) { try lists.rooms(ArraySlice()) }
        let rooms = try ["blue", "pink", "blue"].map { try booking("a", room: $0).rooms }
        for rooms in rooms {
            let text = try lists.text(of: rooms)
            #expect(try lists.rooms(Array(text.utf8)[...]) == rooms)
        }
        #expect(throws: (any Error).self) { try lists.rooms(ArraySlice()) }
    }

    @Test("A text ends where one of C does, as in all columns")
    func zero() throws {
        var values = ColumnValues(capacity: 0)
        values.append("a\u{0}b")
        values.append("" as String?)
        values.append(nil as String?)
        var reader = values.reader
        #expect(try reader.text() == "a" && reader.text() == "" && reader.optionalText() == nil)
        #expect(reader.isAtEnd)
        let families = ["a\u{0}b", "a"].map { FamilyNumber(BookingFamily(scope: "", uid: $0)) }
        #expect(families[0] == families[1])
    }
}
