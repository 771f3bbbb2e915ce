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

    @Test("An entry that is alone with its UID claims the same as all entries of a UID that has but one")
    func alone() throws {
        for seed in 0..<1_000 as Range<UInt64> {
            var random = SeededGenerator(seed: seed)
            for var booking in try randomEntries(&random) {
                if Bool.random(using: &random) {
                    booking.occurrences = booking.occurrences.map { Occurrence(slot: $0.slot) }
                }
                let current = currentBookings(of: [BookingInExport(booking, export: 1)])
                let rooms = booking.rooms.map(\.name).filter { _ in Bool.random(using: &random) }
                var own: [Reservation] = []
                booking.forEachReservation(in: rooms) { own.append($0) }
                let expected = current.reservations.map(\.reservation).filter { rooms.contains($0.id.room) }
                #expect(own.sorted { $0.id < $1.id } == expected, "seed \(seed)")
            }
        }
    }

    private func reservations(of exports: [[Booking]]) -> [Reservation] {
        let entries = exports.enumerated().flatMap { number, bookings in
            asRead(bookings).map { BookingInExport($0, export: Int64(number)) }
        }
        return currentBookings(of: entries).reservations.map(\.reservation)
    }
}
