import Diagnostics
import Foundation
import Reservations
import Testing

@Suite("Which revision counts")
struct CurrentBookingsTests {
    @Test("The greatest revision of a booking counts, whatever the order of arrival", arguments: [false, true])
    func greatestRevision(reversed: Bool) throws {
        let entries = [
            BookingInExport(try master(10...11, sequence: 1, source: "web"), export: 1),
            BookingInExport(try master(12...13, sequence: 2, source: "hr"), export: 2),
        ]
        let current = currentBookings(of: reversed ? entries.reversed() : entries)
        #expect(current.reservations.map(\.reservation.slot) == [try slot(12...13)])
        #expect(current.reservations.map(\.entry) == [reversed ? 0 : 1])
        #expect(current.superseded.map(\.entry) == [reversed ? 1 : 0])
        #expect(current.superseded.map(\.reason) == [.olderRevision])
        #expect(current.superseded.map(\.code) == [.staleRevision])
    }

    @Test(
        "SEQUENCE goes before the date of change, that before the source's priority, digest and name",
        arguments: [
            (Revision(sequence: 2, source: "a"), Revision(sequence: 1, modified: hour(9), source: "a")),
            (Revision(modified: hour(9), source: "a"), Revision(modified: hour(8), sourcePriority: 5, source: "a")),
            (Revision(sourcePriority: 5, digest: "0", source: "a"), Revision(digest: "f", source: "a")),
            (Revision(digest: "1", source: "a"), Revision(digest: "0", source: "b")),
            (Revision(digest: "1", source: "b"), Revision(digest: "1", source: "a")),
        ])
    func orderOfRevisions(greater: Revision, lesser: Revision) {
        #expect(lesser < greater)
        #expect(!(greater < lesser))
    }

    @Test("When the newer revision's export is gone, the older one counts again")
    func olderReturns() throws {
        let older = BookingInExport(try master(10...11, sequence: 1), export: 1)
        #expect(currentBookings(of: [older]).reservations.map(\.reservation.slot) == [try slot(10...11)])
    }

    @Test("The same entry in two exports is one booking, and the second one is nothing to complain about")
    func copy() throws {
        let entries = try [1, 2].map { BookingInExport(try master(10...11, digest: "d"), export: $0) }
        let current = currentBookings(of: entries)
        #expect(current.reservations.count == 1)
        #expect(current.superseded.map(\.reason) == [.copy])
        #expect(current.superseded.map(\.code) == [nil])
    }

    @Test("An occurrence moved by another export frees its old slot")
    func movedOccurrence() throws {
        let entries = [
            BookingInExport(try daily(7...10), export: 1),
            BookingInExport(try override(8, 15...16), export: 2),
        ]
        let slots = currentBookings(of: entries).reservations.map {
            ($0.reservation.id.recurrenceID?.text, $0.reservation.slot)
        }
        #expect(slots.map(\.0) == (7...10).map(day))
        #expect(slots.map(\.1) == [try slot(10...11), try slot(39...40), try slot(58...59), try slot(82...83)])
    }

    @Test("A cancelled occurrence leaves a reservation that takes no part")
    func cancelledOccurrence() throws {
        let entries = [
            BookingInExport(try daily(7...8), export: 1),
            BookingInExport(try override(8, 10...11, participation: .cancelled), export: 2),
        ]
        let current = currentBookings(of: entries)
        #expect(current.reservations.map(\.reservation.participation) == [.confirmed, .cancelled])
    }

    @Test("An override outside the horizon still frees the slot that it leaves")
    func movedOutOfSight() throws {
        var gone = try override(8, 10...11)
        gone.occurrences = []
        let current = currentBookings(of: [
            BookingInExport(try daily(7...8), export: 1), BookingInExport(gone, export: 2),
        ])
        #expect(current.reservations.map(\.reservation.id.recurrenceID?.text) == [day(7)])
    }

    @Test(
        "An override that matches nothing is stale if its SEQUENCE is below the series', else a reservation of its own",
        arguments: [(0, 1, true), (1, 1, false), (2, 1, false)])
    func orphan(sequence: Int, seriesSequence: Int, isStale: Bool) throws {
        let entries = [
            BookingInExport(try daily(7...8, sequence: seriesSequence), export: 1),
            BookingInExport(try override(20, 10...11, sequence: sequence), export: 2),
        ]
        let current = currentBookings(of: entries)
        #expect(current.reservations.count == (isStale ? 2 : 3))
        #expect(current.superseded.map(\.reason) == (isStale ? [.orphanedOverride] : []))
        #expect(current.superseded.map(\.code) == (isStale ? [.orphanedOverride] : []))
    }

    @Test("An override that the series' own export has matched is kept, however low its SEQUENCE")
    func matchedInItsExport() throws {
        // The series leaves out the 8th, since its own export overrides it.
        var series = try daily(7...9, sequence: 5)
        series.occurrences.remove(at: 1)
        let entries = [BookingInExport(series, export: 1), BookingInExport(try override(8, 15...16), export: 1)]
        #expect(currentBookings(of: entries).reservations.count == 3)
        #expect(currentBookings(of: entries).superseded.isEmpty)
    }

    @Test("A series that is called off takes its overrides along, unless they were changed later")
    func calledOff() throws {
        let series = try daily(7...9, sequence: 2, participation: .cancelled)
        let entries = [
            BookingInExport(series, export: 1), BookingInExport(try override(8, 15...16, sequence: 2), export: 2),
            BookingInExport(try override(9, 15...16, sequence: 3), export: 2),
        ]
        let current = currentBookings(of: entries)
        let takingPart = current.reservations.filter(\.reservation.participation.takesPart)
        #expect(takingPart.map(\.reservation.id.recurrenceID?.text) == [day(9)])
        #expect(current.superseded.map(\.reason) == [.seriesCancelled])
    }

    @Test("Overrides without their series are reservations of their own")
    func overridesOnly() throws {
        let current = currentBookings(of: [BookingInExport(try override(8, 15...16), export: 1)])
        #expect(current.reservations.map(\.reservation.id.recurrenceID?.text) == [day(8)])
    }

    @Test("A RECURRENCE-ID that is a day means the occurrence of that day, and the other way round")
    func daysAndInstants() throws {
        var byDay = try override(8, 15...16)
        byDay.key.recurrenceID = RecurrenceID("20261208")
        byDay.occurrences[0].recurrenceID = RecurrenceID("20261208")
        let timed = currentBookings(of: [
            BookingInExport(try daily(7...9), export: 1), BookingInExport(byDay, export: 2),
        ])
        #expect(timed.reservations.map(\.reservation.id.recurrenceID?.text) == (7...9).map(day))
        #expect(timed.reservations.map(\.entry) == [0, 1, 0])

        var allDay = try daily(7...9)
        for index in allDay.occurrences.indices {
            allDay.occurrences[index].recurrenceID = RecurrenceID("2026120\(7 + index)")
        }
        let whole = currentBookings(of: [
            BookingInExport(allDay, export: 1), BookingInExport(try override(8, 15...16), export: 2),
        ])
        #expect(whole.reservations.map(\.entry) == [0, 1, 0])
    }

    @Test(
        "An instant that stands for a whole day is that day's midnight, east and west of Greenwich",
        arguments: ["20261208T230000Z", "20261209T050000Z", "20261209T000000Z", "20261208T120000Z"])
    func midnights(recurrenceID: String) throws {
        var allDay = try daily(7...10)
        for index in allDay.occurrences.indices {
            allDay.occurrences[index].recurrenceID = RecurrenceID(index < 3 ? "2026120\(7 + index)" : "20261210")
        }
        var moved = try override(9, 15...16)
        moved.key.recurrenceID = RecurrenceID(recurrenceID)
        moved.occurrences[0].recurrenceID = moved.key.recurrenceID
        let current = currentBookings(of: [BookingInExport(allDay, export: 1), BookingInExport(moved, export: 2)])
        #expect(current.reservations.map(\.entry) == [0, 0, 1, 0])
    }

    @Test("A day and an instant of it are the same occurrence also where the series leaves it out")
    func dayOfOverrides() throws {
        let moved = try override(8, 15...16)
        var again = try override(8, 17...18, sequence: 1)
        again.key.recurrenceID = RecurrenceID("20261208")
        again.occurrences[0].recurrenceID = again.key.recurrenceID
        let current = currentBookings(
            of: [try daily(7...7), moved, again].map { BookingInExport($0, export: 1) })
        #expect(current.reservations.map(\.entry) == [0, 2])
    }

    @Test("The midnight nearest to the end of a year is of the next one, also in Auckland", arguments: [23, 11])
    func newYear(hour: Int) throws {
        var allDay = try daily(7...7)
        allDay.occurrences[0].recurrenceID = RecurrenceID("20270101")
        var moved = try override(9, 15...16)
        moved.key.recurrenceID = RecurrenceID("20261231T\(hour)0000Z")
        let current = currentBookings(of: [BookingInExport(allDay, export: 1), BookingInExport(moved, export: 2)])
        #expect(current.reservations.map(\.entry) == [1])
    }

    @Test("Of two overrides of one occurrence the plain one goes before that of THISANDFUTURE")
    func thisAndFuture() throws {
        var future = try override(8, 15...16, sequence: 9)
        future.occurrences += [
            Occurrence(recurrenceID: RecurrenceID(day(9)), slot: try slot(63...64)),
            Occurrence(recurrenceID: RecurrenceID(day(10)), slot: try slot(87...88)),
        ]
        let current = currentBookings(of: [
            BookingInExport(try daily(7...10), export: 1), BookingInExport(future, export: 1),
            BookingInExport(try override(9, 17...18), export: 2),
        ])
        #expect(current.reservations.map(\.entry) == [0, 1, 2, 1])
    }

    @Test("Each room of a booking is a reservation of its own")
    func rooms() throws {
        var booking = try master(10...11)
        booking.rooms.append(BookedRoom(name: try #require(RoomName("red")), shown: "Red", rule: .url))
        let reservations = currentBookings(of: [BookingInExport(booking, export: 1)]).reservations.map(\.reservation)
        #expect(reservations.map(\.id.room.text) == ["blue", "red"])
        #expect(reservations.map(\.shownRoom) == ["Blue", "Red"])
    }
}
