import Foundation
import Logging
import ReservationStore
import Reservations
import Testing

@testable import Synchronizer

@Suite("The clock that ends what is over")
struct ExpiringTests {
    @Test("A clock that is set a day ahead or back ends nothing for an hour")
    func leap() async throws {
        for days in [1.0, -1.0] {
            let store = try ReservationStore.inMemory()
            let logged = LoggedLines()
            var expiring = Expiring(service(store, logged))
            _ = try await store.apply(
                [export(of: try hourOfBlue(at: noon.addingTimeInterval(1_800)))], policy: ConflictPolicy(),
                admission: AdmissionPolicy(), at: noon)
            var elapsed = Duration.zero
            func step(_ time: Duration, leap: Double = 0) async {
                elapsed += time
                await expiring.step(
                    at: noon.addingTimeInterval(elapsed / .seconds(1) + leap * 86_400), elapsed: elapsed)
            }
            await step(.zero)
            await step(.seconds(15), leap: days)
            await step(.seconds(600), leap: days)
            #expect(logged.with("the clock was set").count == 1)
            #expect(try await expiries(store) == [])
            await step(.seconds(15))
            #expect(logged.with("the clock was set").count == 2)
            await step(.seconds(7_000))
            #expect(try await expiries(store).count == 1)
        }
    }

    @Test("A start with a clock far from what was noted ends and forgets nothing for an hour", arguments: [-1.0, 20.0])
    func strangeStart(days: Double) async throws {
        let store = try ReservationStore.inMemory()
        let logged = LoggedLines()
        var before = Expiring(service(store, logged))
        _ = try await store.apply(
            [export(of: try hourOfBlue(at: noon))], policy: ConflictPolicy(), admission: AdmissionPolicy(), at: noon)
        await before.step(at: noon, elapsed: .zero)
        var expiring = Expiring(service(store, logged))
        let then = noon.addingTimeInterval(days * 86_400)
        await expiring.step(at: then, elapsed: .zero)
        await expiring.step(at: then.addingTimeInterval(3_500), elapsed: .seconds(3_500))
        #expect(logged.with("far from what was noted").count == 1)
        #expect(try await expiries(store) == [])
        await expiring.step(at: then.addingTimeInterval(3_700), elapsed: .seconds(3_700))
        #expect(try await expiries(store).count == (days > 0 ? 1 : 0))
    }

    @Test("Who did not answer for a while has not seen that nobody came; a reload changes nothing")
    func silence() async throws {
        for pause in [30.0, 300.0] {
            let store = try ReservationStore.inMemory()
            let service = service(store, LoggedLines())
            var expiring = Expiring(service)
            // Nobody is answered before the first pass.
            await expiring.step(at: noon.addingTimeInterval(-600), elapsed: .zero)
            _ = try await store.apply(
                [export(of: try hourOfBlue(at: noon))], policy: ConflictPolicy(), admission: AdmissionPolicy(), at: noon
            )
            var elapsed = 570.0
            while elapsed < 5_000 {
                elapsed += 30
                if elapsed == 1_200 { elapsed += pause - 30 }
                await expiring.step(at: noon.addingTimeInterval(elapsed - 600), elapsed: .seconds(elapsed))
                if elapsed == 2_400 {
                    service.memory.keep(expiring.known)
                    expiring = Expiring(service)
                }
            }
            #expect(try await expiries(store) == [pause > 60 ? .unobserved : .noShow])
        }
    }

    @Test("What is over is forgotten by its age: whose it was after thirty days, all of it after ninety")
    func ages() async throws {
        let store = try ReservationStore.inMemory()
        var expiring = Expiring(service(store, LoggedLines()))
        _ = try await store.apply(
            [export(of: try hourOfBlue(at: noon))], policy: ConflictPolicy(), admission: AdmissionPolicy(), at: noon)
        func owners(after days: Double) async throws -> [Participant?] {
            await expiring.step(at: noon.addingTimeInterval(days * 86_400), elapsed: .seconds(days * 86_400))
            return try await store.expiries(endingIn: Date.distantPast..<Date.distantFuture).map(\.owner)
        }
        #expect(try await owners(after: 0) == [])
        #expect(try await owners(after: 1) == [Participant("ann@example.org")])
        #expect(try await owners(after: 29.9) == [Participant("ann@example.org")])
        #expect(try await owners(after: 31) == [nil])
        #expect(try await owners(after: 89.9) == [nil])
        #expect(try await owners(after: 91) == [])
    }

    private func service(_ store: ReservationStore, _ logged: LoggedLines) -> ExpiryService<ContinuousClock> {
        ExpiryService(
            store: store, policy: AdmissionPolicy(),
            retention: Retention(all: .seconds(86_400 * 90), personal: .seconds(86_400 * 30)),
            memory: ExpiryMemory(ContinuousClock()), clock: ContinuousClock(), now: { noon },
            logger: Logger(label: "test") { _ in CollectingLog(lines: logged) })
    }

    private func expiries(_ store: ReservationStore) async throws -> [ExpiryOutcome] {
        try await store.expiries(endingIn: Date.distantPast..<Date.distantFuture).map(\.expiry.outcome)
    }
}
