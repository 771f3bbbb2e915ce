import Glibc

/// What a directory shows with all that lies below it: the work of every scan, wherever it begins.
struct DirectoryWalk {
    private let watched: WatchedRoot
    private(set) var root: FileIdentity?
    /// Of the root and of the directories that were entered, the disks on which they lie.
    private(set) var disks: [String: UInt64] = [:]
    private let numbers: DiskNumbers
    private(set) var entries: [DirectoryScan.Entry] = []
    private(set) var refusals: [DirectoryScan.Refusal] = []
    private(set) var gaps: Set<String> = []

    /// - Parameter way: the names that lead from the root to the directory; empty for the root itself.
    init(
        below watched: WatchedRoot, by way: [String] = [], mounts: MountTable? = .current(),
        spelling: (String) -> String? = { _ in nil }
    ) {
        self.watched = watched
        numbers = DiskNumbers(watched.path, mounts: mounts?.mounts ?? [])
        do throws(SourceFault) {
            let directory = try OpenDescriptor.directory(at: watched.path)
            let root = FileIdentity(try directory.status())
            self.root = root
            disks[""] = numbers.number(of: "", device: root.device)
            go(way[...], from: directory, at: "", depth: 0)
        } catch {
            leaveGap(at: "", error == .vanished ? .noRoot : error)
        }
        putInOrder(spelling)
    }

    /// Goes what is left of the way, and scans where it ends.
    ///
    /// Recursion is bounded by `limits.depth`, and so are the descriptors that are open at once.
    private mutating func go(
        _ way: ArraySlice<String>, from directory: borrowing OpenDescriptor, at parent: String, depth: Int
    ) {
        if let name = way.first {
            look(at: name, .directory, in: directory, at: parent, depth: depth, onward: way.dropFirst())
        } else {
            scan(directory, at: parent, depth: depth)
        }
    }

    private mutating func scan(_ directory: borrowing OpenDescriptor, at parent: String, depth: Int) {
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
            look(at: name.text, name.kind, in: directory, at: parent, depth: depth)
        }
        // What is listed is looked at even beyond the limit, so that this is all that was not.
        if let fault = listing.fault { leaveGap(at: parent, fault) }
    }

    private mutating func look(
        at name: String, _ kind: DirectoryListing.Kind, in directory: borrowing OpenDescriptor, at parent: String,
        depth: Int, onward way: ArraySlice<String> = []
    ) {
        let path = WatchedRoot.join(parent, name)
        do throws(SourceFault) {
            switch kind {
            case .directory:
                try enter(name, in: directory, at: parent, depth: depth, onward: way)
            case .link:
                try follow(name, in: directory, at: path)
            case .file, .other:
                let status = try directory.status(of: name)
                guard !status.isDirectory else {
                    try enter(name, in: directory, at: parent, depth: depth)
                    return
                }
                guard ExportNames.acceptsFile(name) else { return }
                guard status.isRegular else { throw .notRegular }
                entries.append(DirectoryScan.Entry(path: path, stamp: FileStamp(status)))
            }
        } catch .vanished {
            // Between the listing and the look: absent, as if it had gone a moment earlier.
        } catch {
            switch kind {
            case .directory: leaveGap(at: path, error)
            // What it is may not be known.
            case .other where error != .notRegular: leaveGap(at: path, error)
            // What lies where it leads may be what lay here while this was a directory: moved, and not gone.
            case .link where error != .notRegular && mayLeadToDirectory(name, in: directory): leaveGap(at: path, error)
            case .file, .link, .other: refuse(path, error)
            }
        }
    }

    /// A link to an export below the root counts as that export. A link to a directory is never entered: below the root
    /// it is seen under its own name, and elsewhere it is refused aloud, since somebody meant it.
    private mutating func follow(
        _ name: String, in directory: borrowing OpenDescriptor, at path: String
    ) throws(SourceFault) {
        guard ExportNames.acceptsFile(name) else {
            guard try directory.leadsToDirectory(name) else { return }
            _ = try FilePlace.find(path, below: watched)
            return
        }
        entries.append(DirectoryScan.Entry(path: path, stamp: try FilePlace.find(path, below: watched).stamp()))
    }

    private func mayLeadToDirectory(_ name: String, in directory: borrowing OpenDescriptor) -> Bool {
        do throws(SourceFault) {
            return try directory.leadsToDirectory(name)
        } catch {
            // One that leads nowhere is none; of any other it is not known.
            return error != .vanished
        }
    }

    private mutating func enter(
        _ name: String, in directory: borrowing OpenDescriptor, at parent: String, depth: Int,
        onward way: ArraySlice<String> = []
    ) throws(SourceFault) {
        guard watched.enters(name, in: parent) else { return }
        let path = WatchedRoot.join(parent, name)
        guard depth < watched.limits.depth else {
            refuse(path, .tooDeep(limit: watched.limits.depth))
            return
        }
        let inner = try directory.directory(name)
        disks[path] = numbers.number(of: path, device: FileIdentity(try inner.status()).device)
        go(way, from: inner, at: path, depth: depth + 1)
    }

    private mutating func refuse(_ path: String, _ fault: SourceFault) {
        refusals.append(DirectoryScan.Refusal(path: path, fault: fault))
    }

    private mutating func leaveGap(at path: String, _ fault: SourceFault) {
        gaps.insert(path)
        refuse(path, fault)
    }

    /// Sorts by path. Two names that are equal to Unicode but not to the disk cannot both be keys: all but the one that
    /// is meant, or the first, are refused.
    private mutating func putInOrder(_ spelling: (String) -> String?) {
        entries.sort {
            $0.path == $1.path ? $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) : $0.path < $1.path
        }
        var kept: [DirectoryScan.Entry] = []
        kept.reserveCapacity(entries.count)
        for entry in entries {
            guard let last = kept.last, last.path == entry.path else {
                kept.append(entry)
                continue
            }
            let isMeant = spelling(entry.path).map { $0.utf8.elementsEqual(entry.path.utf8) } ?? false
            if isMeant { kept[kept.count - 1] = entry }
            refuse(isMeant ? last.path : entry.path, .unusableName)
        }
        entries = kept
        refusals.sort { $0.path < $1.path }
    }
}
