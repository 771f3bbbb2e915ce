import Testing

@testable import ICalendar

@Suite("The transition that an instant lies after")
struct TransitionSearchTests {
    private static let instants: [[Int]] = [
        [], [0], Array(0..<1_000), (0..<1_000).map { $0 * 15_000_000 - 5_000_000_000 },
        [-1 << 60, 0, 1, 2, 1 << 40, 1 << 60], [-62_135_596_800, 253_402_300_000],
    ]

    @Test("It is found however the transitions lie", arguments: instants)
    func search(_ instants: [Int]) {
        // The offset tells which transition was found: the number of those up to the instant.
        let transitions = instants.enumerated().map { (instant: $1, offset: $0 + 1) }
        let zone = TimeZoneDefinition(name: "Here", initialOffset: 0, transitions: transitions)
        for near in instants + [-1 << 61, 0, 1_700_000_000, 1 << 61] {
            for instant in [near - 1, near, near + 1, near + 8_388_608] {
                let count = instants.count { $0 <= instant }
                #expect(zone.offset(atEpochSecond: instant) == count)
            }
        }
    }
}
