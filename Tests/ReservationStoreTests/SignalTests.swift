import Testing

@testable import ReservationStore

@Suite("What the store tells its services")
struct SignalTests {
    @Test("Who listens after another one was cancelled, as after a reload, hears what comes then")
    func afterCancelled() async {
        let signal = Signal()
        await withDiscardingTaskGroup { group in
            group.addTask { for await _ in signal.listen() {} }
            group.cancelAll()
        }
        var next = signal.listen().makeAsyncIterator()
        signal.send()
        #expect(await next.next() != nil)
    }

    @Test("What was told while nobody listened is heard once, by the next one")
    func missed() async {
        let signal = Signal()
        for isFirst in [true, false] {
            if !isFirst { await cancelListener(of: signal) }
            signal.send()
            signal.send()
            #expect(await heard(by: signal.listen(), of: signal) == 1)
        }
        #expect(await heard(by: signal.listen(), of: signal) == 0)
    }

    private func cancelListener(of signal: Signal) async {
        let stream = signal.listen()
        await withDiscardingTaskGroup { group in
            group.addTask { for await _ in stream {} }
            group.cancelAll()
        }
    }

    /// How often, until another one listens.
    private func heard(by stream: AsyncStream<Void>, of signal: Signal) async -> Int {
        _ = signal.listen()
        var count = 0
        for await _ in stream { count += 1 }
        return count
    }
}
