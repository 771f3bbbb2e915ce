import Foundation
import Reservations
import Testing

/// The RECURRENCE-ID of the occurrence at 10:00 UTC on a day of December 2026.
func day(_ number: Int) -> String { "202612\(number < 10 ? "0" : "")\(number)T100000Z" }

/// A single booking of room "blue".
func master(
    _ hours: ClosedRange<Double>, sequence: Int = 0, digest: String = "", source: String = "hr"
) throws -> Booking {
    Booking(
        key: BookingKey(uid: "u"), revision: Revision(sequence: sequence, digest: digest, source: source),
        rooms: [BookedRoom(name: try #require(RoomName("blue")), shown: "Blue", rule: .location)],
        occurrences: [Occurrence(slot: try slot(hours))])
}

/// A booking of room "blue" from 10 to 11 on each of `days` of December 2026.
func daily(_ days: ClosedRange<Int>, sequence: Int = 0, participation: Participation = .confirmed) throws -> Booking {
    var booking = try master(10...11, sequence: sequence)
    booking.participation = participation
    booking.occurrences = try days.map { number in
        let start = Double(number - 7) * 24 + 10
        return Occurrence(recurrenceID: RecurrenceID(day(number)), slot: try slot(start...(start + 1)))
    }
    return booking
}

/// The occurrence of one day, moved to other hours of it.
func override(
    _ number: Int, _ hours: ClosedRange<Double>, sequence: Int = 0, participation: Participation = .confirmed
) throws -> Booking {
    let shift = Double(number - 7) * 24
    var booking = try master((hours.lowerBound + shift)...(hours.upperBound + shift), sequence: sequence)
    booking.key.recurrenceID = RecurrenceID(day(number))
    booking.participation = participation
    booking.occurrences[0].recurrenceID = booking.key.recurrenceID
    return booking
}
