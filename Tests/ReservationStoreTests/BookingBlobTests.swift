import Foundation
import GRDB
import Reservations
import Testing

@testable import ReservationStore

@Suite("A booking as bytes")
struct BookingBlobTests {
    /// With all that a booking can have, and with as little as it can have.
    private static func bookings() throws -> [Booking] {
        var full = try booking("ü", settings: RoomSettings(maxOccupants: 7, lobby: false, password: "s\n"), line: 12)
        full.key = BookingKey(scope: "s", uid: "a\u{0}é", recurrenceID: RecurrenceID("20261208T100000Z"))
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
        var blob = BookingBlob()
        #expect(try blob.decode(blob.encode(booking)) == booking)
    }

    @Test("that has lost its end is no booking", arguments: [0, 1])
    func cut(index: Int) throws {
        let booking = try Self.bookings()[index]
        var blob = BookingBlob()
        let bytes = try blob.encode(booking)
        for count in 0..<bytes.count {
            #expect(throws: DatabaseError.self) { try blob.decode(Array(bytes[..<count])) }
        }
    }
}
