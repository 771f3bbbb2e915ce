import Synchronization

/// Tells one listener that something has happened; any number of times counts as one.
///
/// A stream ends for ever when whoever waits for it is cancelled, as services are by a reload: each listener gets one
/// of its own, and hears what was told while nobody listened.
package final class Signal: Sendable {
    private struct State {
        var listener: AsyncStream<Void>.Continuation?
        var isMissed = false
    }

    private let state = Mutex(State())

    func send() {
        state.withLock { state in
            switch state.listener?.yield() {
            case .enqueued, .dropped: break
            case .terminated, .none: state.isMissed = true
            @unknown default: state.isMissed = true
            }
        }
    }

    /// Yields from now on; whoever listened before hears nothing any more.
    package func listen() -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        state.withLock { state in
            state.listener?.finish()
            state.listener = continuation
            if state.isMissed { continuation.yield() }
            state.isMissed = false
        }
        return stream
    }
}
