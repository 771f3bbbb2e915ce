import Synchronization

/// Tells whether a look at a source has come to its end.
final class LookWatch: Sendable {
    let wakes: Wakes
    /// When the look that goes on has begun; to wait for a thread, at first, is one.
    private let begun = Mutex<Duration?>(.zero)

    init(wakes: Wakes) { self.wakes = wakes }

    func begin(at now: Duration) { begun.withLock { $0 = now } }

    func end() { begun.withLock { $0 = nil } }

    /// How long the look has taken that goes on; `nil` where none does.
    func length(at now: Duration) -> Duration? { begun.withLock { $0.map { now - $0 } } }
}

/// Tells once of a look that does not come to its end.
struct LookPatience {
    /// To read a large export over a slow line may take longer: it is told of then, and goes on.
    static let longest = Duration.seconds(60)

    private var isOver = false

    /// - Parameter length: of the look that goes on; `nil` where none does.
    mutating func isOver(after length: Duration?) -> Bool {
        let wasOver = isOver
        isOver = length.map { $0 > Self.longest } ?? false
        return isOver && !wasOver
    }
}
