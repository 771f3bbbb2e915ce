/// Tells when a file has stood still long enough to be read: a state machine without a clock.
///
/// Instants are lengths of monotonic time since any fixed moment, the same for all calls.
package struct Settling: Sendable {
    /// How a file came to be as it is; decides how long it must stand still.
    package enum Arrival: Hashable, Sendable, CaseIterable {
        /// Renamed into place: whole, unless the producer is careless.
        case renamed
        /// Written in place, linked, or found by a scan that did not see it come.
        case written
        /// On a file system that gives no events and may show old sizes.
        case network

        package var pause: Duration {
            switch self {
            case .renamed: .milliseconds(200)
            case .written: .seconds(1)
            case .network: .seconds(10)
            }
        }
    }

    package enum Finding: Hashable, Sendable {
        /// It may be read. It stays due until `forget` says that it was.
        case settled
        case lookAgain(at: Duration)
    }

    private struct Waiting: Sendable {
        var stamp: FileStamp
        var arrival: Arrival
        /// The first look that saw this stamp.
        var still: Duration
        /// The first look of all.
        let since: Duration

        var due: Duration { still + arrival.pause }
    }

    private var waiting: [String: Waiting] = [:]
    /// Those that somebody told of.
    private var heard: Set<String> = []

    package init() {}

    /// Notes that `path` looked like `stamp` at `now`.
    ///
    /// - Parameter arrival: what was heard about it since the last look; `nil` for a look because time has passed.
    package mutating func look(
        at path: String, stamp: FileStamp, arrival: Arrival? = nil, now: Duration
    ) -> Finding {
        var entry =
            waiting[path] ?? Waiting(stamp: stamp, arrival: arrival ?? .written, still: now, since: now)
        if let arrival, arrival != .network { heard.insert(path) }
        if entry.stamp != stamp {
            // Changed without a word about how: written, which is the slower guess; a network stays one.
            entry.arrival = arrival ?? max(entry.arrival, .written)
            entry.stamp = stamp
            entry.still = now
        } else if let arrival {
            entry.arrival = max(entry.arrival, arrival)
        }
        waiting[path] = entry
        return now >= entry.due ? .settled : .lookAgain(at: entry.due)
    }

    /// Stops waiting for `path`: it was read, or it is gone.
    package mutating func forget(_ path: String) {
        waiting[path] = nil
        heard.remove(path)
        // What a million paths have taken is given back.
        if waiting.isEmpty { (waiting, heard) = ([:], []) }
    }

    package var isEmpty: Bool { waiting.isEmpty }

    package func isWaiting(_ path: String) -> Bool { waiting[path] != nil }

    /// How `path` is spelt while it waits: two names that are one to Unicode may be two to the disk.
    package func spelling(of path: String) -> String? { waiting.index(forKey: path).map { waiting[$0].key } }

    /// What `path` looked like last, while it waits.
    package func stamp(of path: String) -> FileStamp? { waiting[path]?.stamp }

    /// The paths that are to be looked at by `now`, in order of name, with what they looked like last.
    package func due(at now: Duration) -> [(path: String, stamp: FileStamp)] {
        waiting.filter { $0.value.due <= now }.map { ($0.key, $0.value.stamp) }.sorted { $0.path < $1.path }
    }

    /// Those of them that somebody told of; a scan finds the others, and maybe a million at once.
    package func heardDue(at now: Duration) -> [(path: String, stamp: FileStamp)] {
        heard.compactMap { path in
            waiting[path].flatMap { $0.due <= now ? (path, $0.stamp) : nil }
        }.sorted { $0.path < $1.path }
    }

    /// When the next path is due; `nil` when nothing waits.
    package var nextLook: Duration? { waiting.values.lazy.map(\.due).min() }

    /// When the next of those that wait will have done so for `length`.
    package func nextRestless(for length: Duration, after now: Duration) -> Duration? {
        waiting.values.lazy.map { $0.since + length }.filter { $0 > now }.min()
    }

    /// The paths that have not come to rest for `length` or longer, in order of name. What is due has, and only waits.
    package func restless(for length: Duration, at now: Duration) -> [String] {
        waiting.filter { now - $0.value.since >= length && $0.value.due > now }.keys.sorted()
    }
}

extension Settling.Arrival: Comparable {
    package static func < (lhs: Self, rhs: Self) -> Bool { lhs.pause < rhs.pause }
}
