import Foundation
import Reservations
import Testing

@Suite("Time slots")
struct TimeSlotTests {
    @Test("Slots that only touch do not overlap", arguments: [(9..<10, 10..<11, false), (9..<11, 10..<12, true)])
    func overlap(first: Range<Int>, second: Range<Int>, expected: Bool) throws {
        let (a, b) = (try #require(TimeSlot(hours: first)), try #require(TimeSlot(hours: second)))
        #expect(a.overlaps(b) == expected)
        #expect(b.overlaps(a) == expected)
    }

    @Test("A stored slot is checked when it is read back")
    func stored() throws {
        let slot = try #require(TimeSlot(hours: 9..<10))
        #expect(try JSONDecoder().decode(TimeSlot.self, from: JSONEncoder().encode(slot)) == slot)
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(TimeSlot.self, from: Data(#"{"start": 5, "end": 5}"#.utf8))
        }
    }
}

extension TimeSlot {
    init?(hours: Range<Int>) {
        self.init(
            start: Date(timeIntervalSince1970: Double(hours.lowerBound) * 3_600),
            end: Date(timeIntervalSince1970: Double(hours.upperBound) * 3_600)
        )
    }
}
