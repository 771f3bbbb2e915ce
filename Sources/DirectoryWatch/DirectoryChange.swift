/// A hint that something below a root needs another look; never more than a hint.
package enum DirectoryChange: Hashable, Sendable {
    /// `path`, relative to `root`, came, changed, or went.
    case file(root: String, path: String, arrival: Settling.Arrival)
    /// The directory `path`, relative to `root` and below it, came, or may be read by now: it is to be scanned.
    case directory(root: String, path: String)
    /// The whole root is to be scanned.
    case everything(root: String, cause: Cause)

    package enum Cause: Hashable, Sendable {
        /// Events come from now on: at the start, or again.
        case watched
        /// The kernel, or whoever reads the changes too slowly, dropped events.
        case overflow
        /// A directory was renamed or went: only the whole root tells what is gone with it. Or the root may be read by
        /// now, or what links lead to is another directory.
        case directories
        /// The root was moved, removed or unmounted, or is another directory now.
        case rootLost
        /// Not all of the root gives events; scan it at intervals until `watched` comes.
        case unwatched(SourceFault)
    }

    package var root: String {
        switch self {
        case .file(let root, _, _), .directory(let root, _), .everything(let root, _): root
        }
    }
}
