import Diagnostics
import Foundation
import GRDB
import Logging
import TestSupport
import Testing

@testable import ConferenceAPI
@testable import ReservationStore

@Suite("Refusals")
struct RefusalLogTests {
    private let clock = ManualClock()
    private let start = Date(timeIntervalSince1970: 1_796_724_000)

    private func log(_ store: ReservationStore) -> RefusalLog {
        RefusalLog(store: store, clock: clock, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    private func refusal(_ room: String, _ asker: String? = nil, second: Double = 0) -> RefusalRow {
        RefusalRow(of: room, asker: asker, .notBooked, at: start.addingTimeInterval(second))
    }

    @Test("They are written a second after the first of them, coalesced by minute, room, reason and asker")
    func batch() async throws {
        let store = try ReservationStore.inMemory()
        let log = log(store)
        async let running: Void = log.run()
        for second in [0.0, 59, 60] { log.note(refusal("Blue", "ann@example.org", second: second)) }
        log.note(refusal("blue"))
        await clock.waitForSleeper()
        #expect(try await store.refusals(of: nil, since: .distantPast).isEmpty)
        clock.advance(by: .seconds(1))
        let counts = ValueObservation.tracking { try Int.fetchOne($0, sql: "SELECT count(*) FROM refusals") }
        for try await count in counts.values(in: store.database) where count == 3 { break }
        let rows = try await store.refusals(of: nil, since: .distantPast)
        #expect(rows.map(\.count) == [1, 2, 1])
        #expect(rows.map(\.asker) == ["", "ann@example.org", "ann@example.org"])
        #expect(rows[1].lastAt == start.addingTimeInterval(59))
        log.note(refusal("blue"))
        log.close()
        await running
        #expect(try await store.refusals(of: nil, since: .distantPast).map(\.count) == [2, 2, 1])
    }

    @Test("What was noted before the end is written at the end, without waiting for the second")
    func drained() async throws {
        let store = try ReservationStore.inMemory()
        let log = log(store)
        for number in 0..<100 { log.note(refusal("room\(number)")) }
        log.close()
        await log.run()
        #expect(try await store.refusals(of: nil, since: .distantPast).count == 100)
    }

    @Test("A store that cannot be written keeps nobody waiting, and never more wait than the limit")
    func unwritable() async throws {
        let directory = try TemporaryDirectory()
        let path = "\(directory.path)/s.sqlite"
        _ = try ReservationStore.open(at: path)
        let log = log(try ReservationStore.openForReading(at: path))
        for number in 0..<(RefusalLog.limit + 10) { log.note(refusal("room\(number)")) }
        log.close()
        await log.run()
        #expect(try await ReservationStore.openForReading(at: path).refusals(of: nil, since: .distantPast).isEmpty)
    }
}
