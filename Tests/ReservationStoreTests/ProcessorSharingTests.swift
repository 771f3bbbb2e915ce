import Testing

@testable import ReservationStore

@Suite("Who computes for long lets others have the processor")
struct ProcessorSharingTests {
    /// When it paused in the first 4 ms, in microseconds.
    ///
    /// - Parameter others: how long they take the processor at each pause.
    private func pauses(stepsOf each: Duration, weight: Int = 1, others: Duration = .zero) -> [Int] {
        let start = ContinuousClock.now
        var (sharing, now, pauses) = (ProcessorSharing(), start, [Int]())
        while now < start + .milliseconds(4) {
            now += each
            sharing.step(weight, now: { now }) {
                pauses.append(Int((now - start) / .microseconds(1)))
                now += others
            }
        }
        return pauses
    }

    @Test("after each 50 microseconds of small steps, and after each one of those that weigh as much as several")
    func often() {
        #expect(pauses(stepsOf: .microseconds(5)).prefix(4) == [20, 80, 140, 200])
        #expect(pauses(stepsOf: .microseconds(100)).prefix(3) == [400, 800, 1_200])
        #expect(pauses(stepsOf: .microseconds(100), weight: 4).prefix(3) == [100, 200, 300])
    }

    @Test("and keeps three parts of four where these take as much as they are given")
    func kept() {
        #expect(pauses(stepsOf: .microseconds(5), others: .milliseconds(1)) == [20])
        #expect(pauses(stepsOf: .microseconds(5), others: .microseconds(100)).prefix(3) == [20, 420, 820])
    }
}
