/// Everything that a root shows at one time: the truth behind all hints.
///
/// An export is absent only if its path is neither in `entries` nor in `refusals`, and no gap hides it.
package struct DirectoryScan: Sendable {
    package struct Entry: Hashable, Sendable {
        /// Relative to the root.
        package let path: String
        /// Of what it leads to, where it is a symbolic link.
        package let stamp: FileStamp
    }

    package struct Refusal: Hashable, Sendable {
        /// Relative to the root; empty for the root itself.
        package let path: String
        package let fault: SourceFault

        package init(path: String, fault: SourceFault) {
            self.path = path
            self.fault = fault
        }
    }

    /// `nil` when the root could not be opened. Another one than last time: something else is mounted there now.
    package let root: FileIdentity?
    /// The numbers of the disks on which the root, as the empty path, and the directories below it lie: each is of a
    /// device and of the place where that is mounted.
    package let disks: [String: UInt64]
    /// In order of path, each path once.
    package let entries: [Entry]
    package let refusals: [Refusal]
    /// The directories that were not read to their end, what may be one, and refused links to one: nothing there may be
    /// taken for removed, nor below it. Empty for the root itself.
    package let gaps: Set<String>

    /// Scans `watched`. Blocks for as long as the disk takes.
    ///
    /// - Parameter spelling: of a path that is not the only one of its name to Unicode, the one that is meant, if it is
    ///   known.
    package init(of watched: WatchedRoot, spelling: (String) -> String? = { _ in nil }) {
        self.init(of: watched, mounts: .current(), spelling: spelling)
    }

    init(of watched: WatchedRoot, mounts: MountTable?, spelling: (String) -> String? = { _ in nil }) {
        let walk = DirectoryWalk(below: watched, mounts: mounts, spelling: spelling)
        root = walk.root
        disks = walk.disks
        entries = walk.entries
        refusals = walk.refusals
        gaps = walk.gaps
    }

    /// Those of `paths` that are not there.
    package func absent(of paths: Set<String>) -> Set<String> {
        paths.subtracting(entries.map(\.path)).subtracting(refusals.map(\.path)).filter { !hides($0) }
    }

    /// Whether `path` may be there although it was not seen, since it is a gap or lies below one.
    package func hides(_ path: String) -> Bool {
        guard !gaps.isEmpty else { return false }
        return gaps.contains("") || gaps.contains(path)
            || WatchedRoot.ancestors(of: path).contains(where: gaps.contains)
    }
}
