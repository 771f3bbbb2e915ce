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
        #expect(try await store.database.write { try run.writeNew(found, until: { false }, $0).written } == 1)
    }

    @Test("What is written in turns is written once each, also where the daemon ends between two of them")
    func turns() async throws {
        let bookings = ["a", "c", "d", "b"].map { ($0, $0 == "b" ? 2.0 : 0) }
        _ = try await store.apply(
            ExportChange(
                ExportName(source: "s", path: "a.ics"),
                .content(try bookings.map { try booking($0, room: $0, hour: $1) }, absent: .withdrawn)))
        _ = try await store.expire(policy: AdmissionPolicy(), at: minute(-30))
        let run = ExpiryRun(policy: AdmissionPolicy(), now: minute(190))
        func turn(_ ended: EndedReservations?) async throws -> (written: Int, left: EndedReservations?) {
            try await store.database.write { try run.writeNew(ended, until: { true }, $0) }
        }
        func ended() async throws -> EndedReservations? { try await store.database.read { try run.ended($0) } }
        let first = try await turn(try await ended())
        #expect((first.written, first.left?.reservations.count) == (1, 3))
        let second = try await turn(first.left)
        #expect((second.written, second.left?.reservations.count) == (1, 2))
        #expect(try await ended()?.reservations.count == 4, "those of one instant are not all written")
        let third = try await turn(try await ended())
        #expect((third.written, third.left?.reservations.count) == (1, 1))
        let last = try await turn(third.left)
        #expect((last.written, last.left == nil) == (1, true))
        let none = try await ended()
        #expect(none == nil)
        let expiries = try await store.expiries(endingIn: .distantPast..<(.distantFuture))
        #expect(expiries.map(\.id.uid) == ["a", "c", "d", "b"])
        #expect(expiries.allSatisfy { $0.revision == 1 })
    }

    @Test("A long stop is caught up with in one look")
    func longStop() async throws {
        let all = try (0..<40).map { try booking("u\($0)", room: "room\($0 % 3)", hour: Double($0)) }
        _ = try await store.apply(
            ExportChange(ExportName(source: "s", path: "a.ics"), .content(all, absent: .withdrawn)))
        _ = try await store.expire(policy: AdmissionPolicy(), at: minute(-30))
        #expect(try await store.expire(policy: AdmissionPolicy(), at: minute(6_000)).written == 40)
        #expect(try await store.expire(policy: AdmissionPolicy(), at: minute(6_001)).written == 0)
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
