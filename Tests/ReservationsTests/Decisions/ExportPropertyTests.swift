import Foundation
import Reservations
import TestSupport
import Testing

/// From the entries of random exports to decisions (design: conflicts, "Must hold for random inputs").
@Suite("What holds for all exports together")
struct ExportPropertyTests {
    @Test("On an empty store, permuting, splitting and joining exports changes no decision")
    func permutation() throws {
        for seed in 0..<1_000 as Range<UInt64> {
            var random = SeededGenerator(seed: seed)
            let calendar = try randomCalendar(&random)
            let joined = decided([[calendar]])
            #expect(decided([[calendar.shuffled(using: &random)]]) == joined, "seed \(seed), permuted")
            #expect(decided([parted(calendar, &random)]) == joined, "seed \(seed), parted")
            #expect(decided([calendar.map { [$0] }.shuffled(using: &random)]) == joined, "seed \(seed), split")
        }
    }

    @Test("Importing again, in any order and in other files, changes nothing")
    func importingTwice() throws {
        for seed in 0..<1_000 as Range<UInt64> {
            var random = SeededGenerator(seed: seed)
            let calendar = try randomCalendar(&random)
            var store = PureStore()
            store.pass([calendar])
            let once = store.past
            store.pass(parted(calendar, &random), at: hour(-150))
            #expect(store.past == once, "seed \(seed)")
        }
    }

    @Test("A history played again gives the same decisions, whatever the order of files within each pass")
    func replay() throws {
        for seed in 0..<1_000 as Range<UInt64> {
            var random = SeededGenerator(seed: seed)
            let passes = try (0..<4).map { _ in parted(try randomCalendar(&random), &random) }
            let replayed = passes.map { exports in
                exports.map { $0.shuffled(using: &random) }.shuffled(using: &random)
            }
            #expect(decided(passes) == decided(replayed), "seed \(seed)")
        }
    }

    @Test("A cold start equals a replay in which bookings came in the order in which they were created")
    func coldStart() throws {
        for seed in 0..<1_000 as Range<UInt64> {
            var random = SeededGenerator(seed: seed)
            let bookings = try (0..<Int.random(in: 1...12, using: &random)).map { number in
                let start = Double(Int.random(in: 0..<16, using: &random)) / 2
                var booking = try master(start...(start + Double(Int.random(in: 1...4, using: &random)) / 2))
                booking.key.uid = "u\(Int.random(in: 0..<1_000, using: &random))-\(number)"
                booking.created = hour(-200 + Double(number))
                booking.owner = Participant(["ann@example.org", "bob@example.org"][number % 2])
                return booking
            }
            let replay = bookings.indices.map { [Array(bookings[...$0])] }
            let verdicts = decided(replay).map { [$0.id.uid, $0.verdict.rawValue] }
            #expect(decided([[bookings]]).map { [$0.id.uid, $0.verdict.rawValue] } == verdicts, "seed \(seed)")
        }
    }

    @Test("Bookings of another room change nothing in the first")
    func anotherRoom() throws {
        for seed in 0..<1_000 as Range<UInt64> {
            var random = SeededGenerator(seed: seed)
            let calendar = try randomCalendar(&random)
            let blue = calendar.compactMap { booking -> Booking? in
                var alone = booking
                alone.rooms.removeAll { $0.name.text != "blue" }
                return alone.rooms.isEmpty ? nil : alone
            }
            var (both, one) = (PureStore(), PureStore())
            both.pass([calendar])
            one.pass([blue])
            #expect(both.decisions(in: "blue") == one.decisions, "seed \(seed)")
        }
    }

    private func decided(_ passes: [[[Booking]]]) -> [Decision] {
        var store = PureStore()
        for (number, exports) in passes.enumerated() { store.pass(exports, at: hour(Double(number) - 200)) }
        return store.decisions
    }
}
