import Synchronization

/// The configuration that is in force; a reload replaces it whole.
final class LiveConfiguration: Sendable {
    /// Yields after each replacement.
    let changes: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation
    private let inForce: Mutex<PreparedConfiguration>

    init(_ prepared: PreparedConfiguration) {
        inForce = Mutex(prepared)
        (changes, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    var current: PreparedConfiguration { inForce.withLock { $0 } }

    func replace(with prepared: PreparedConfiguration) {
        inForce.withLock { $0 = prepared }
        continuation.yield()
    }
}
