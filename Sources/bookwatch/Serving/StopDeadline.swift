import Synchronization

/// Sees to it that the process ends once its end has begun: a service may be waiting for a file server that never
/// answers, and nobody can call it back from there.
///
/// What was acknowledged was committed before, so nothing of that is lost. Neither the signal nor the time comes by way
/// of a task, since the threads of all tasks may be waiting too.
final class StopDeadline: Sendable {
    /// For the services to end. Whoever stops a service waits for longer: systemd for 90 s.
    static let patience = Duration.seconds(10)
    /// For the last words after that, which may go to a pipe that nobody reads, or to a disk that does not answer.
    static let patienceWithWords = Duration.seconds(1)

    /// What was there at the deadline.
    struct Left: Sendable {
        var services: [String] = []
        /// What the end began with, unless it was asked for.
        var failure: (any Error)?
    }

    private let state: Mutex<(left: Left, hasBegun: Bool)>
    private let later: @Sendable (Duration, @escaping @Sendable () -> Void) -> Void
    private let lastWords: @Sendable (Left) -> Void
    private let exit: @Sendable (Left) -> Void

    /// - Parameters:
    ///   - later: calls after so long.
    ///   - lastWords: may never return.
    ///   - exit: ends the process.
    init(
        later: @escaping @Sendable (Duration, @escaping @Sendable () -> Void) -> Void,
        lastWords: @escaping @Sendable (Left) -> Void, exit: @escaping @Sendable (Left) -> Void
    ) {
        state = Mutex((Left(), false))
        self.later = later
        self.lastWords = lastWords
        self.exit = exit
    }

    /// The end has begun: from now on there is a deadline, which nothing lifts but the end of the process.
    func begin() {
        let isFirst = state.withLock { state in
            defer { state.hasBegun = true }
            return !state.hasBegun
        }
        guard isFirst else { return }
        later(Self.patience) { [self] in
            let left = state.withLock(\.left)
            later(Self.patienceWithWords) { [self] in exit(left) }
            lastWords(left)
            exit(left)
        }
    }

    func noteStart(of service: String) { state.withLock { $0.left.services.append(service) } }

    /// The end of one is that of all.
    func noteEnd(of service: String, by failure: (any Error)?) {
        state.withLock { state in
            state.left.services.removeAll { $0 == service }
            // Later ones come of the end.
            if !state.hasBegun { state.left.failure = failure }
        }
        begin()
    }
}
