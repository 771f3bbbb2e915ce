import Foundation
import Reservations
import TestSupport
import Testing

@testable import ReservationStore

@Suite("Outcomes are read in parts")
struct OutcomePartTests {
    private let store: ReservationStore

    init() throws { store = try ReservationStore.inMemory() }

    /// Bookings of each part, for series of three occurrences in two rooms.
    @Test(
        "A part has so many bookings, or fewer that make enough reservations, and at least one",
        arguments: [
            (10, 100, [5]), (2, 100, [2, 2, 1]), (10, 12, [2, 2, 1]), (10, 7, [2, 2, 1]), (10, 1, [1, 1, 1, 1, 1]),
        ])
    func parts(count: Int, enough: Int, sizes: [Int]) async throws {
        let bookings = try (0..<5).map { number in
            var series = try booking("u\(number)", hour: Double(number) * 2)
            series.rooms += try booking("b", room: "red").rooms
            series.occurrences = try (0..<3).flatMap { day in
                var occurrences = try booking("u", hour: Double(number) * 2 + 24 * Double(day)).occurrences
                occurrences[0].recurrenceID = RecurrenceID("2026120\(day + 1)")
                return occurrences
            }
            return series
        }
        let name = ExportName(source: "hr", path: "a.ics")
        _ = try await store.apply(ExportChange(name, .content(bookings, absent: .withdrawn)))
        let export = try #require(try await store.exports().first?.row)
        var (found, after): ([[BookingOutcome]], Int64) = ([], 0)
        while true {
            let part = try await store.outcomes(of: export, after: after, count: count, reservations: enough)
            guard let last = part.last else { break }
            found.append(part.outcomes)
            after = last
        }
        #expect(found.map(\.count) == sizes)
        #expect(found.joined().map(\.booking.key.uid) == (0..<5).map { "u\($0)" })
        #expect(found.joined().allSatisfy { $0.reservations.count == 6 })
    }
}
