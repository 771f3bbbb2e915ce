import Foundation
import Reservations
import Testing

@Suite("One meeting in the calendars of several rooms")
struct RoomCalendarsTests {
    @Test("Each calendar holds its room, whichever export comes first", arguments: [RoomRule.calendar, .fixed])
    func eachRoom(rule: RoomRule) throws {
        let entries = [try entry("blue", rule, export: 1), try entry("red", rule, export: 2)]
        for entries in [entries, entries.reversed()] {
            let current = currentBookings(of: entries)
            #expect(current.reservations.map(\.reservation.id.room.text) == ["blue", "red"])
            let sayers = current.reservations.map { entries[$0.entry].booking.rooms.map(\.name.text) }
            #expect(sayers == [["blue"], ["red"]])
            #expect(current.superseded.isEmpty)
        }
    }

    @Test("What one calendar says of a later revision frees no other room")
    func laterInOne() throws {
        let entries = [
            try entry("blue", .calendar, export: 1, hours: 12...13, sequence: 2),
            try entry("red", .calendar, export: 2),
        ]
        let current = currentBookings(of: entries)
        #expect(current.reservations.map(\.reservation.slot) == [try slot(12...13), try slot(10...11)])
    }

    @Test("Two exports of one calendar are revisions of each other")
    func sameCalendar() throws {
        let entries = [
            try entry("blue", .calendar, export: 1), try entry("blue", .calendar, export: 2, sequence: 2),
            try entry("red", .calendar, export: 3),
        ]
        let current = currentBookings(of: entries)
        #expect(current.reservations.map(\.entry) == [1, 2])
        #expect(current.superseded.map(\.entry) == [0])
        #expect(current.superseded.map(\.by) == [1])
    }

    @Test("A cancellation that names no room calls off all of them")
    func calledOff() throws {
        var cancelled = try entry("blue", .calendar, export: 3, sequence: 2)
        cancelled.booking.participation = .cancelled
        cancelled.booking.rooms = []
        let current = currentBookings(of: [
            try entry("blue", .calendar, export: 1), try entry("red", .calendar, export: 2), cancelled,
        ])
        #expect(current.reservations.isEmpty)
        #expect(current.superseded.map(\.entry) == [0, 1])
    }

    @Test("Where an entry names its rooms itself, the greatest revision says all of them")
    func namedRooms() throws {
        let entries = [
            try entry("blue", .location, export: 1, sequence: 2), try entry("red", .calendar, export: 2),
        ]
        #expect(currentBookings(of: entries).reservations.map(\.reservation.id.room.text) == ["blue"])
    }

    private func entry(
        _ room: String, _ rule: RoomRule, export: Int64, hours: ClosedRange<Double> = 10...11, sequence: Int = 0
    ) throws -> BookingInExport {
        var booking = try master(hours, sequence: sequence, digest: room)
        booking.rooms = [BookedRoom(name: try #require(RoomName(room)), shown: room, rule: rule)]
        return BookingInExport(booking, export: export)
    }
}
