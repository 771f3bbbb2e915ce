import DirectoryWatch
import Synchronization

/// What the service waits for: hints from the kernel, ends of conferences, and the clock. Any number of wakes before
/// the next look count as one.
final class Wakes: Sendable {
    let stream: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation
    private let hints = Mutex<[DirectoryChange]>([])

    /// Beyond this many hints the roots are scanned whole.
    private static let limit = 50_000

    init() {
        (stream, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    func wake() { continuation.yield() }

    func wake(with changes: [DirectoryChange]) {
        hints.withLock { hints in
            if hints.count + changes.count <= Self.limit {
                hints += changes
            } else {
                let roots = Set(hints.map(\.root)).union(changes.map(\.root))
                hints = roots.sorted().map { .everything(root: $0, cause: .overflow) }
            }
        }
        wake()
    }

    func takeHints() -> [DirectoryChange] {
        hints.withLock { hints in
            defer { hints = [] }
            return hints
        }
    }
}
