/// How long a pass keeps the only writer in one transaction: at most a part of what Prosody may have to wait for it
/// (20 ms; design: ingest, "Switching"), and no longer than it takes to let somebody go first who waits.
struct WriterTurn {
    private let end: ContinuousClock.Instant
    private var rows = 0
    private var rowsAtLook = 0

    private static let longest = Duration.milliseconds(2)
    /// Whoever asks all the time must not keep a pass from its end.
    private static let leastRows = 50
    /// To ask for the time takes part of what a row takes.
    private static let rowsBetweenLooks = 16

    init(from start: ContinuousClock.Instant) { end = start + Self.longest }

    /// Counts what was written, and tells whether it was the last.
    /// - Parameters:
    ///   - weight: it took as long as so many rows.
    ///   - isAwaited: whether somebody waits for the writer.
    mutating func isOver(
        after weight: Int = 1, isAwaited: Bool, at now: @autoclosure () -> ContinuousClock.Instant
    ) -> Bool {
        rows += weight
        guard rows >= Self.leastRows else { return false }
        if isAwaited { return true }
        guard rows - rowsAtLook >= Self.rowsBetweenLooks else { return false }
        rowsAtLook = rows
        return now() >= end
    }
}
