import Foundation
import ReservationStore
import Reservations
import Testing

/// Room "blue" for an hour, booked by ann on line 7 of an export.
func hourOfBlue(at start: Date) throws -> Booking {
    let slot = try #require(TimeSlot(start: start, end: start.addingTimeInterval(3_600)))
    return Booking(
        key: BookingKey(uid: "a"), revision: Revision(digest: "\(start)", source: "hr"),
        owner: Participant("ann@example.org"),
        rooms: [BookedRoom(name: try #require(RoomName("blue")), shown: "Blue", rule: .url)],
        occurrences: [Occurrence(slot: slot)], line: 7)
}

/// The export of hr that has `booking` and nothing else.
func export(of booking: Booking) -> ExportChange {
    ExportChange(ExportName(source: "hr", path: "a.ics"), .content([booking], absent: .withdrawn))
}
