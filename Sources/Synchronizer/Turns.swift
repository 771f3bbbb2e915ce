/// Works that come one after the other, in the order in which they were asked for.
actor Turns {
    private var isTaken = false
    private var waiting: [(number: Int, turn: CheckedContinuation<Void, any Error>)] = []
    private var count = 0

    /// - Throws: `CancellationError` when somebody was asked to stop while it waited.
    func take() async throws {
        guard isTaken else {
            isTaken = true
            return
        }
        count += 1
        let number = count
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (turn: CheckedContinuation<Void, any Error>) in
                guard !Task.isCancelled else {
                    // It may have been given up before it waits.
                    turn.resume(throwing: CancellationError())
                    return
                }
                waiting.append((number, turn))
            }
        } onCancel: {
            Task { await giveUp(number) }
        }
    }

    func give() {
        if waiting.isEmpty { isTaken = false } else { waiting.removeFirst().turn.resume() }
    }

    private func giveUp(_ number: Int) {
        guard let index = waiting.firstIndex(where: { $0.number == number }) else { return }
        waiting.remove(at: index).turn.resume(throwing: CancellationError())
    }

    nonisolated func run<Result: Sendable>(_ work: () async throws -> Result) async throws -> Result {
        try await take()
        do {
            try Task.checkCancellation()
            let result = try await work()
            await give()
            return result
        } catch {
            await give()
            throw error
        }
    }
}
