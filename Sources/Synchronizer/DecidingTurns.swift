import Logging

/// In which order the synchronizers of one service do what only one of them may do at a time.
struct DecidingTurns: Sendable {
    let passes = Turns()
    /// Of what may be what ended the service: it is worked on while nothing else of that kind is, of whatever source,
    /// so that one content is not blamed again and again for another one.
    let suspects = Turns()
    private let attempts: Attempts

    init(attempts: Attempts) { self.attempts = attempts }

    /// Does `pass` when its turn has come; `contents` are blamed for what it does to the service.
    func decide<Summary: Sendable>(
        _ contents: [String], areSuspect: Bool, _ logger: Logger, pass: @Sendable () async throws -> Summary
    ) async throws -> Summary {
        guard !areSuspect else {
            return try await suspects.run { try await decide(contents, areSuspect: false, logger, pass: pass) }
        }
        return try await passes.run {
            attempts.note(logger) { try $0.deciding.begin(contents) }
            do {
                let summary = try await pass()
                attempts.note(logger) { try $0.deciding.end(contents) }
                return summary
            } catch {
                attempts.note(logger) { try $0.deciding.takeBack(contents) }
                throw error
            }
        }
    }
}
