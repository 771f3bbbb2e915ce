/// How long a pass keeps the only writer in one transaction: at most a part of what Prosody may have to wait for it
/// (20 ms; design: ingest, "Switching"), and no longer than it takes to let somebody go first who waits.
struct WriterTurn {
    private let end: ContinuousClock.Instant
    private var rows = 0

    private static let longest = Duration.milliseconds(3)
    /// Whoever asks all the time must not keep a pass from its end.
    private static let leastRows = 50
    /// To ask for the time takes part of what a row takes.
    private static let rowsBetweenLooks = 16

    init(from start: ContinuousClock.Instant) { end = start + Self.longest }

    /// Counts a row that was written, and tells whether it was the last one.
    /// - Parameter isAwaited: whether somebody waits for the writer.
    mutating func isOver(isAwaited: Bool, at now: @autoclosure () -> ContinuousClock.Instant) -> Bool {
        rows += 1
        guard rows >= Self.leastRows else { return false }
        return isAwaited || rows % Self.rowsBetweenLooks == 0 && now() >= end
    }
}
