import TestSupport
import Testing

@testable import ConferenceAPI

@Suite("Whoever waits for an answer", .timeLimit(.minutes(1)))
struct WaitsTests {
    private let clock = ManualClock()
    private let waits: Waits

    init() { waits = Waits(patience: .seconds(4), clock: clock) }

    @Test("waits for the same time each, and no longer once there is an answer")
    func patience() async {
        let (givenUp, giveUp) = AsyncStream<String>.makeStream()
        let watch = Task { await waits.watch() }
        let answered = waits.begin { giveUp.yield("answered") }
        await clock.waitForSleeper()
        clock.advance(by: .seconds(1))
        _ = waits.begin { giveUp.yield("second") }
        clock.advance(by: .seconds(1))
        _ = waits.begin { giveUp.yield("third") }
        waits.end(answered)
        clock.advance(by: .seconds(2))
        await clock.waitForSleeper()
        clock.advance(by: .seconds(1))
        #expect(await givenUp.first { _ in true } == "second")
        await clock.waitForSleeper()
        clock.advance(by: .seconds(1))
        #expect(await givenUp.first { _ in true } == "third")
        watch.cancel()
        await watch.value
    }

    @Test("is given up with all others whose time is over, but for those that have an answer")
    func together() async {
        let (givenUp, giveUp) = AsyncStream<Int>.makeStream()
        let numbers = (1...3).map { name in waits.begin { giveUp.yield(name) } }
        waits.end(numbers[1])
        let watch = Task { await waits.watch() }
        await clock.waitForSleeper()
        clock.advance(by: .seconds(4))
        var names = givenUp.makeAsyncIterator()
        #expect(await names.next() == 1)
        #expect(await names.next() == 3)
        watch.cancel()
        await watch.value
    }

    @Test("is looked after again when nobody has waited for a while")
    func again() async {
        let watch = Task { await waits.watch() }
        for name in ["first", "second"] {
            let (givenUp, giveUp) = AsyncStream<String>.makeStream()
            _ = waits.begin { giveUp.yield(name) }
            await clock.waitForSleeper()
            clock.advance(by: .seconds(4))
            #expect(await givenUp.first { _ in true } == name)
            clock.advance(by: .seconds(60))
        }
        watch.cancel()
        await watch.value
    }
}
