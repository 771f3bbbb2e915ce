/// What one directory below a root shows, with all that lies below it, by the rules of a scan of the root.
///
/// It is no `DirectoryScan`: of what lies elsewhere it says nothing, so that nothing may be taken for absent because it
/// is not here.
package struct SubtreeScan: Sendable {
    /// In order of path, which is relative to the root, each path once.
    package let entries: [DirectoryScan.Entry]
    package let refusals: [DirectoryScan.Refusal]
    /// Those of the root, and of all directories that lead to this one or lie below it.
    private let disks: Set<UInt64>

    /// Scans `directory`, relative to `watched`; one that has vanished, or is a link by now, shows nothing. Blocks for
    /// as long as the disk takes.
    package init(of directory: String, below watched: WatchedRoot) {
        let way = directory.utf8.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) }
        let walk = DirectoryWalk(below: watched, by: way)
        entries = walk.entries
        refusals = walk.refusals
        disks = Set(walk.disks.values)
    }

    /// Whether only a scan of the root can tell what is here: something cannot be used, or lies on another disk.
    package var isForWholeScan: Bool { !refusals.isEmpty || disks.count > 1 }
}
