import Glibc

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
    package private(set) var root: FileIdentity?
    /// Those on which the root and the directories below it lie.
    package private(set) var devices: Set<UInt64> = []
    /// In order of path, each path once.
    package private(set) var entries: [Entry] = []
    package private(set) var refusals: [Refusal] = []
    /// The directories that were not read to their end, and what may be one: nothing there may be taken for removed,
    /// nor below it. Empty for the root itself.
    package private(set) var gaps: Set<String> = []

    /// Scans `watched`. Blocks for as long as the disk takes.
    package init(of watched: WatchedRoot) {
        do throws(SourceFault) {
            let directory = try OpenDescriptor.directory(at: watched.path)
            root = FileIdentity(try directory.status())
            devices = Set([root?.device].compactMap(\.self))
            scan(directory, at: "", depth: 0, of: watched)
        } catch {
            leaveGap(at: "", error == .vanished ? .noRoot : error)
        }
        putInOrder()
    }

    /// Those of `paths` that are not there.
    package func absent(of paths: Set<String>) -> Set<String> {
        paths.subtracting(entries.map(\.path)).subtracting(refusals.map(\.path)).filter { !hides($0) }
    }

    /// Whether `path` may be there although it was not seen, since it is a gap or lies below one.
    package func hides(_ path: String) -> Bool {
        guard !gaps.isEmpty else { return false }
        let ancestors = path.utf8.indices.lazy.filter { path.utf8[$0] == UInt8(ascii: "/") }.map { path[..<$0] }
        return gaps.contains("") || gaps.contains(path) || ancestors.contains { gaps.contains(String($0)) }
    }

    /// Recursion is bounded by `limits.depth`, and so are the descriptors that are open at once.
    private mutating func scan(
        _ directory: borrowing OpenDescriptor, at parent: String, depth: Int, of watched: WatchedRoot
    ) {
        let listing: DirectoryListing
        do throws(SourceFault) {
            let limit = watched.limits.entries
            listing = try DirectoryListing(of: directory, limit: limit, others: entries.count) { name in
                name.kind == .file ? ExportNames.acceptsFile(name.text) : ExportNames.acceptsDirectory(name.text)
            }
        } catch {
            leaveGap(at: parent, error)
            return
        }
        for name in listing.names {
            guard name.isUTF8 else {
                refuse(WatchedRoot.join(parent, name.text), .unusableName)
                continue
            }
            look(at: name.text, name.kind, in: directory, at: parent, depth: depth, of: watched)
        }
        // What is listed is looked at even beyond the limit, so that this is all that was not.
        if let fault = listing.fault { leaveGap(at: parent, fault) }
    }

    private mutating func look(
        at name: String, _ kind: DirectoryListing.Kind, in directory: borrowing OpenDescriptor, at parent: String,
        depth: Int, of watched: WatchedRoot
    ) {
        let path = WatchedRoot.join(parent, name)
        do throws(SourceFault) {
            switch kind {
            case .directory:
                try enter(name, in: directory, at: parent, depth: depth, of: watched)
            case .link:
                try follow(name, in: directory, at: path, of: watched)
            case .file, .other:
                let status = try directory.status(of: name)
                guard !status.isDirectory else {
                    try enter(name, in: directory, at: parent, depth: depth, of: watched)
                    return
                }
                guard ExportNames.acceptsFile(name) else { return }
                guard status.isRegular else { throw .notRegular }
                entries.append(Entry(path: path, stamp: FileStamp(status)))
            }
        } catch .vanished {
            // Between the listing and the look: absent, as if it had gone a moment earlier.
        } catch {
            switch kind {
            case .directory: leaveGap(at: path, error)
            // What it is may not be known.
            case .other where error != .notRegular: leaveGap(at: path, error)
            case .file, .link, .other: refuse(path, error)
            }
        }
    }

    /// A link to an export below the root counts as that export. A link to a directory is never entered: below the root
    /// it is seen under its own name, and elsewhere it is refused aloud, since somebody meant it.
    private mutating func follow(
        _ name: String, in directory: borrowing OpenDescriptor, at path: String, of watched: WatchedRoot
    ) throws(SourceFault) {
        guard ExportNames.acceptsFile(name) else {
            guard try directory.leadsToDirectory(name) else { return }
            _ = try FilePlace.find(path, below: watched)
            return
        }
        entries.append(Entry(path: path, stamp: try FilePlace.find(path, below: watched).stamp()))
    }

    private mutating func enter(
        _ name: String, in directory: borrowing OpenDescriptor, at parent: String, depth: Int, of watched: WatchedRoot
    ) throws(SourceFault) {
        guard watched.enters(name, in: parent) else { return }
        let path = WatchedRoot.join(parent, name)
        guard depth < watched.limits.depth else {
            refuse(path, .tooDeep(limit: watched.limits.depth))
            return
        }
        let inner = try directory.directory(name)
        devices.insert(FileIdentity(try inner.status()).device)
        scan(inner, at: path, depth: depth + 1, of: watched)
    }

    private mutating func refuse(_ path: String, _ fault: SourceFault) {
        refusals.append(Refusal(path: path, fault: fault))
    }

    private mutating func leaveGap(at path: String, _ fault: SourceFault) {
        gaps.insert(path)
        refuse(path, fault)
    }

    /// Sorts by path. Two names that are equal to Unicode but not to the disk cannot both be keys: the second one is
    /// refused.
    private mutating func putInOrder() {
        entries.sort {
            $0.path == $1.path ? $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) : $0.path < $1.path
        }
        var kept: [Entry] = []
        kept.reserveCapacity(entries.count)
        for entry in entries {
            if kept.last?.path == entry.path {
                refuse(entry.path, .unusableName)
            } else {
                kept.append(entry)
            }
        }
        entries = kept
        refusals.sort { $0.path < $1.path }
    }
}
