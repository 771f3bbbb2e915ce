import Foundation
import GRDB
import Reservations
import Testing

@testable import ReservationStore

@Suite("The schedule of a room")
struct RoomScheduleTests {
    private static func entry(
        _ hours: Range<Int>, _ verdict: Verdict = .granted, booking: Int64 = 1, recurrenceID: String? = nil,
        code: String? = nil, reason: String? = nil, blocking: [UInt8]? = nil, nextFree: TimeSlot? = nil
    ) -> RoomSchedule.Entry {
        RoomSchedule.Entry(
            booking: booking, recurrenceID: recurrenceID.map(RecurrenceID.init), slot: slot(hours),
            outcome: RoomSchedule.Outcome(
                verdict: verdict, code: code, reason: reason, blocking: blocking, nextFree: nextFree),
            since: 7, decidedAt: ten)
    }

    private static func slot(_ hours: Range<Int>) -> TimeSlot {
        let (start, end) = (Double(hours.lowerBound) * 3_600, Double(hours.upperBound) * 3_600)
        guard let slot = TimeSlot(start: ten.addingTimeInterval(start), end: ten.addingTimeInterval(end)) else {
            fatalError("hours are ascending")
        }
        return slot
    }

    private static let entries = [
        entry(-30_000_000..<(-29_999_999), booking: .max), entry(0..<1, code: "CNF030"),
        entry(
            0..<1, .declined, booking: 2, recurrenceID: "20261208T100000Z", code: "CNF001", reason: "start",
            blocking: [0, 1, 0xff], nextFree: slot(1..<2)),
        entry(0..<2, .duplicate, booking: 3, blocking: []), entry(1..<30, recurrenceID: "20261208"),
    ]

    @Test("What is written is read, in order of start", arguments: 0..<20)
    func roundTrip(seed: Int) throws {
        var random = SystemRandomNumberGenerator()
        let some = Self.entries.shuffled(using: &random).prefix(seed % 6)
        let stored = try RoomSchedule(stored: Data(RoomSchedule(Array(some)).bytes))
        #expect(try Set(stored.entries()) == Set(some))
        #expect(stored.count == some.count)
        let starts = stored.indices.map(stored.start)
        #expect(starts == starts.sorted())
        for (index, entry) in try stored.entries().enumerated() {
            #expect(stored.start(index) == entry.slot.start.seconds && stored.end(index) == entry.slot.end.seconds)
            #expect(stored.booking(index) == entry.booking && stored.since(index) == entry.since)
            #expect(stored.isVerdict(entry.outcome.verdict, at: index))
        }
    }

    @Test("Entries that begin at once stay in their order")
    func order() throws {
        let entries = (1...20).map { Self.entry(0..<1, .declined, booking: $0) }
        #expect(try RoomSchedule(entries).entries().map(\.booking) == Array(1...20))
    }

    @Test("Cut anywhere it is refused, and never trusted", arguments: [1, 5])
    func cut(count: Int) throws {
        let bytes = try RoomSchedule(Array(Self.entries.prefix(count))).bytes
        for length in bytes.indices {
            #expect(throws: DatabaseError.self, "\(length)") {
                try RoomSchedule(stored: Data(bytes.prefix(length))).entries()
            }
        }
    }

    @Test("Any byte may be another one: an error or other entries, and nothing worse")
    func damaged() throws {
        let bytes = try RoomSchedule(Self.entries).bytes
        for place in bytes.indices {
            for value: UInt8 in [0, 1, 0x7f, 0xff] {
                var other = bytes
                other[place] = value
                let read = Result { try RoomSchedule(stored: Data(other)).entries() }
                if case .failure(let error) = read { #expect(error is DatabaseError) }
            }
        }
    }

    @Test(
        "Granted slots never overlap, in whatever order they come",
        arguments: [
            (0..<1, 1..<2, true), (0..<2, 1..<3, false), (0..<1, 0..<1, false), (0..<5, 2..<3, false),
            (4..<5, 0..<4, true),
        ])
    func overlap(one: Range<Int>, other: Range<Int>, isAllowed: Bool) throws {
        for pair in [[one, other], [other, one]] {
            let entries = pair.map { Self.entry($0) } + [Self.entry(0..<9, .declined)]
            if isAllowed {
                #expect(try RoomSchedule(entries).count == 3)
            } else {
                #expect(throws: DatabaseError.self) { try RoomSchedule(entries) }
            }
        }
    }

    @Test("Entries of a slot, and granted ones nearby, are found by their start")
    func search() throws {
        let schedule = try RoomSchedule([
            Self.entry(0..<1, booking: 1), Self.entry(0..<1, .declined, booking: 2),
            Self.entry(0..<3, .declined, booking: 3),
            Self.entry(1..<2, .duplicate, booking: 4), Self.entry(2..<4, booking: 5), Self.entry(5..<6, booking: 6),
        ])
        func bookings(_ places: some Sequence<Int>) -> [Int64] { places.map(schedule.booking) }
        func hour(_ hour: Int) -> Int64 { ten.seconds + Int64(hour) * 3_600 }
        #expect(bookings(schedule.indices(from: hour(0), to: hour(1))) == [1, 2])
        #expect(bookings(schedule.indices(from: hour(0), to: hour(2))).isEmpty)
        #expect(bookings(schedule.indices(from: hour(9), to: hour(10))).isEmpty)
        #expect(bookings(schedule.granted(before: schedule.firstIndex(from: hour(5)), atMost: 2)) == [5, 1])
        #expect(bookings(schedule.granted(before: schedule.count, atMost: 2)) == [6, 5])
        #expect(bookings(schedule.granted(from: 1, atMost: 1)) == [5])
        #expect(bookings(schedule.grants(endingAfter: hour(0), upTo: hour(6))) == [1, 5, 6])
        #expect(bookings(schedule.grants(endingAfter: hour(1), upTo: hour(4))) == [5])
        #expect(bookings(schedule.grants(endingAfter: hour(3), upTo: hour(4))) == [5], "begins before the span")
        #expect(bookings(schedule.grants(endingAfter: hour(4), upTo: hour(5))).isEmpty)
        #expect(schedule.contains(4) && !schedule.contains(7))
    }
}
