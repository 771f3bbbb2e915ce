import Foundation
import Reservations
import TestSupport
import Testing

@Suite("What holds for revisions from any exports")
struct RevisionPropertyTests {
    @Test("Permuting, splitting and joining exports changes no reservation")
    func exports() throws {
        for seed in 0..<1_000 as Range<UInt64> {
            var random = SeededGenerator(seed: seed)
            let entries = try randomEntries(&random)
            let joined = reservations(of: [entries])
            #expect(reservations(of: entries.map { [$0] }.shuffled(using: &random)) == joined, "seed \(seed), split")
            var parts: [[Booking]] = Array(repeating: [], count: Int.random(in: 1...4, using: &random))
            for entry in entries.shuffled(using: &random) {
                parts[Int.random(in: parts.indices, using: &random)].append(entry)
            }
            #expect(reservations(of: parts) == joined, "seed \(seed), parted")
            #expect(reservations(of: parts + [entries]) == joined, "seed \(seed), once more")
        }
    }

    @Test("Every entry is current or superseded by a current one, and no occurrence is there twice")
    func nothingIsLost() throws {
        for seed in 0..<1_000 as Range<UInt64> {
            var random = SeededGenerator(seed: seed)
            let entries = try randomEntries(&random).map { BookingInExport($0, export: 1) }
            let current = currentBookings(of: entries)
            let gone = current.superseded.map(\.entry)
            #expect(Set(gone).count == gone.count, "seed \(seed)")
            #expect(Set(gone).isDisjoint(with: current.reservations.map(\.entry)), "seed \(seed)")
            let ids = current.reservations.map(\.reservation.id)
            #expect(Set(ids).count == ids.count && ids == ids.sorted(), "seed \(seed)")
        }
    }

    /// Up to three revisions of a series, each with fewer days than the one before, and some overrides.
    private func randomEntries(_ random: inout SeededGenerator) throws -> [Booking] {
        var entries: [Booking] = []
        var last = 16
        for sequence in 0..<Int.random(in: 0...3, using: &random) {
            last -= Int.random(in: 0...3, using: &random)
            var series = try daily(7...last, sequence: sequence)
            series.revision.digest = "series \(sequence)"
            entries.append(series)
        }
        for number in 0..<Int.random(in: 0...6, using: &random) {
            let start = Double(Int.random(in: 12...20, using: &random))
            var override = try override(
                Int.random(in: 7...17, using: &random), start...(start + 1),
                sequence: Int.random(in: 0...3, using: &random),
                participation: Bool.random(using: &random) ? .confirmed : .cancelled)
            override.revision.digest = "override \(number)"
            entries.append(override)
        }
        return entries
    }

    private func reservations(of exports: [[Booking]]) -> [Reservation] {
        let entries = exports.enumerated().flatMap { number, bookings in
            asRead(bookings).map { BookingInExport($0, export: Int64(number)) }
        }
        return currentBookings(of: entries).reservations.map(\.reservation)
    }

    /// What is left of the entries of one export when it has been read: its newest series without what it overrides, and
    /// its overrides but for stale ones that match nothing.
    private func asRead(_ bookings: [Booking]) -> [Booking] {
        let masters = bookings.filter { $0.key.recurrenceID == nil }
        let overrides = bookings.filter { $0.key.recurrenceID != nil }
        guard var series = masters.max(by: { $0.revision < $1.revision }) else { return overrides }
        let days = Set(series.occurrences.map(\.recurrenceID))
        let kept = overrides.filter {
            days.contains($0.key.recurrenceID) || $0.revision.sequence >= series.revision.sequence
        }
        let overridden = Set(kept.map(\.key.recurrenceID))
        series.occurrences.removeAll { overridden.contains($0.recurrenceID) }
        return [series] + kept
    }
}
