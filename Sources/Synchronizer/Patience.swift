import Foundation

/// Asks what may never be answered: whoever asks about a directory of a file server that is silent waits for as long as
/// it is, and cannot be called back.
package struct Patience: Sendable {
    /// A server that answers at all does so within milliseconds.
    package static let withSilence = Duration.seconds(2)

    private let clock: any Clock<Duration>
    private let limit: Duration

    /// - Parameter limit: for all answers together.
    package init(clock: any Clock<Duration>, limit: Duration) {
        self.clock = clock
        self.limit = limit
    }

    /// The answers that came within `limit`; a question that has none is missing.
    ///
    /// Each is asked on a thread of its own, so that none waits for another one's answer; where it does not come, the
    /// thread is left behind.
    package func answers<Question: Hashable & Sendable, Answer: Sendable>(
        to questions: Set<Question>, _ ask: @escaping @Sendable (Question) -> Answer
    ) async -> [Question: Answer] {
        guard !questions.isEmpty else { return [:] }
        let (arriving, arrivals) = AsyncStream<(Question, Answer)>.makeStream()
        for question in questions {
            let thread = Thread { arrivals.yield((question, ask(question))) }
            thread.start()
        }
        return await withDiscardingTaskGroup { group in
            group.addTask {
                do {
                    try await clock.sleep(for: limit)
                } catch {
                    // All answers are there.
                }
                arrivals.finish()
            }
            var answers: [Question: Answer] = [:]
            for await (question, answer) in arriving {
                answers[question] = answer
                if answers.count == questions.count { break }
            }
            group.cancelAll()
            return answers
        }
    }
}
