import Testing

@testable import ReservationStore

@Suite("A pass's turn at the writer")
struct WriterTurnTests {
    private let start = ContinuousClock.now

    /// How many rows one has that waits for nothing but the time, or for somebody else.
    private func rows(isAwaited: Bool, each: Duration) -> Int {
        var (turn, now, rows) = (WriterTurn(from: start), start, 0)
        repeat {
            now += each
            rows += 1
        } while !turn.isOver(isAwaited: isAwaited, at: now) && rows < 100_000
        return rows
    }

    @Test("It ends after 2 ms, and has some rows however long they take")
    func time() {
        #expect((200..<216).contains(rows(isAwaited: false, each: .microseconds(10))))
        #expect((50..<66).contains(rows(isAwaited: false, each: .milliseconds(1))))
    }

    @Test(
        "What takes as long as many rows counts as so many", arguments: [(1, 50), (10, 5), (49, 2), (50, 1), (900, 1)])
    func weight(weight: Int, expected: Int) {
        var (turn, items) = (WriterTurn(from: start), 0)
        repeat { items += 1 } while !turn.isOver(after: weight, isAwaited: true, at: start) && items < 100
        #expect(items == expected)
    }

    @Test("It ends early for whoever waits, and has some rows however many wait")
    func awaited() {
        #expect(rows(isAwaited: true, each: .microseconds(1)) == 50)
        #expect(rows(isAwaited: true, each: .milliseconds(1)) == 50)
    }

    @Test("Requests wait until they are answered, also where that fails")
    func requests() async {
        struct Refused: Error {}
        let requests = WaitingRequests()
        #expect(!requests.areThere)
        await requests.wait {
            #expect(requests.areThere)
            await #expect(throws: Refused.self) { try await requests.wait { throw Refused() } }
            #expect(requests.areThere)
        }
        #expect(!requests.areThere)
    }
}
