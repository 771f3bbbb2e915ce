import class Foundation.Thread

/// What happens below some roots, as it happens; ends when the task that iterates is cancelled.
///
/// Watching begins with the value, on a thread of its own; changes wait here, in bounded memory, until they are asked
/// for. The first change for each root is `everything`: `watched`, or `unwatched` with the reason. Iterate once.
/// Leave out roots on network file systems: they give no events, and a server that hangs would stop the thread.
package struct DirectoryChanges: AsyncSequence, Sendable {
    package typealias Element = [DirectoryChange]

    private let mailbox: ChangeMailbox
    private let signals: AsyncStream<Void>

    /// - Parameter checkInterval: how often a quiet thread looks whether the roots are still the same directories.
    /// - Throws: `.unreadable` with EMFILE when there is no inotify instance left for this user.
    package init(of roots: [WatchedRoot], checkInterval: Duration = .seconds(5)) throws(SourceFault) {
        let inotify = try InotifyDescriptor()
        let mailbox = ChangeMailbox()
        // One signal is enough for any number of changes: whoever wakes takes all.
        let (signals, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        continuation.onTermination = { _ in inotify.wake() }
        let thread = Thread {
            var listener = Listener(roots, inotify: inotify, mailbox: mailbox, signal: continuation)
            listener.run(checkInterval: checkInterval)
        }
        thread.name = "watch"
        thread.start()
        self.mailbox = mailbox
        self.signals = signals
    }

    package func makeAsyncIterator() -> Iterator { Iterator(mailbox: mailbox, signals: signals.makeAsyncIterator()) }

    package struct Iterator: AsyncIteratorProtocol {
        let mailbox: ChangeMailbox
        var signals: AsyncStream<Void>.Iterator

        /// Everything that has come since the last call, waiting until there is something.
        package mutating func next(isolation actor: isolated (any Actor)?) async -> [DirectoryChange]? {
            while await signals.next(isolation: actor) != nil {
                let changes = mailbox.take()
                if !changes.isEmpty { return changes }
            }
            return nil
        }
    }
}

/// The body of the thread.
private struct Listener {
    private let roots: [WatchedRoot]
    private let inotify: InotifyDescriptor
    private let mailbox: ChangeMailbox
    private let signal: AsyncStream<Void>.Continuation
    private var tree: WatchedTree

    init(
        _ roots: [WatchedRoot], inotify: InotifyDescriptor, mailbox: ChangeMailbox,
        signal: AsyncStream<Void>.Continuation
    ) {
        self.roots = roots
        self.inotify = inotify
        self.mailbox = mailbox
        self.signal = signal
        tree = WatchedTree(roots, inotify: inotify)
    }

    mutating func run(checkInterval: Duration) {
        let checkMilliseconds = Int32(min(max(checkInterval, .zero), .seconds(3_600)) / .milliseconds(1))
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        tell(tree.check())
        while true {
            do throws(SourceFault) {
                switch try inotify.wait(atMost: checkMilliseconds, buffer: &buffer) {
                case .woken: return
                case .quiet: tell(tree.check())
                case .events(let events): tell(events.flatMap { tree.changes(after: $0) } + tree.check())
                }
            } catch {
                // The queue itself is broken: say so, and leave the work to the scans.
                tell(roots.map { .everything(root: $0.path, cause: .unwatched(error)) })
                return
            }
        }
    }

    private func tell(_ changes: [DirectoryChange]) {
        guard !changes.isEmpty else { return }
        mailbox.put(changes)
        signal.yield()
    }
}
