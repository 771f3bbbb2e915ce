import Foundation
import GRDB
import Reservations
import Testing

@testable import ReservationStore

/// What has ended is looked for in each room, beside the writer.
@Suite("Reservations that have ended")
struct EndedReservationTests {
    private let store: ReservationStore

    init() throws { store = try ReservationStore.inMemory() }

    /// Booked from ten to eleven, from twelve to one, and so on.
    @Test(
        "Those count that ended after one instant and until another, in whatever room",
        arguments: [
            (-60, 59, []), (-60, 60, ["a", "c"]), (59, 60, ["a", "c"]), (60, 179, []), (60, 180, ["b"]),
            (0, 600, ["a", "c", "b"]), (180, 600, []),
        ] as [(Double, Double, [String])]
    )
    func spans(after last: Double, upTo due: Double, expected: [String]) async throws {
        _ = try await store.apply(
            change("a.ics", try booking("a"), try booking("b", hour: 2), try booking("c", room: "red")))
        let found = try await store.database.read { db in
            try EndedReservations(after: minute(last), upTo: minute(due), db).reservations
        }
        #expect(found.map(\.reservation.id.uid) == expected)
    }

    @Test("A pass that comes between the look and the writing makes it look again")
    func stale() async throws {
        _ = try await store.apply(change("a.ics", try booking("a"), try booking("b", room: "red")))
        _ = try await store.expire(policy: AdmissionPolicy(), at: minute(-30))
        let run = ExpiryRun(policy: AdmissionPolicy(), now: minute(62))
        let found = try await store.database.read { try run.ended($0) }
        #expect(found?.reservations.count == 2)
        _ = try await store.apply(change("a.ics", try booking("a")))
        #expect(try await store.database.write { try run.writeNew(found, $0) } == 1)
    }

    @Test("A room that nothing is left of loses its number")
    func unusedRooms() async throws {
        func rooms() async throws -> [String] {
            try await store.database.read { try String.fetchAll($0, sql: "SELECT name FROM room ORDER BY name") }
        }
        _ = try await store.apply(change("a.ics", try booking("a"), try booking("b", room: "red")))
        _ = try await store.purge(endedBefore: ten, personalBefore: ten)
        #expect(try await rooms() == ["blue", "red"])
        _ = try await store.apply(change("a.ics", try booking("a")))
        let unused = try await store.database.read { try RoomRows.unused($0) }
        #expect(unused == [])
        try await store.database.write { db in
            try db.execute(sql: "DELETE FROM schedule WHERE until < \(Schema.forever)")
        }
        #expect(try await store.purge(endedBefore: ten, personalBefore: ten) == 1)
        #expect(try await rooms() == ["blue"])
    }

    private func minute(_ minute: Double) -> Date { ten.addingTimeInterval(minute * 60) }
}
