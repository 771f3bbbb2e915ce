import Glibc

/// Which directories of all roots are watched, and what an event in one of them means.
///
/// Used by one thread. Holds one watch for each directory, however many roots contain it.
struct WatchedTree {
    private struct Place: Hashable {
        /// Index into `roots`.
        let root: Int
        /// Relative to the root; empty for the root itself.
        let directory: String
    }

    private enum State {
        case unwatched
        case watched(FileIdentity)
        /// Tried again after `pause` more checks.
        case failed(SourceFault, pause: Int, checksLeft: Int)
    }

    /// Checks that a root may be left alone between two attempts.
    private static let longestPause = 64

    private let inotify: InotifyDescriptor
    private let roots: [WatchedRoot]
    private var states: [State]
    /// Of each root the absolute path without links, as it was when it was asked for last.
    private var realPaths: [String]
    private var places: [Int32: Set<Place>] = [:]
    private let readMounts: () -> MountTable?
    /// As it was read last; `nil` where it cannot be.
    private var mounts: MountTable?

    init(
        _ roots: [WatchedRoot], inotify: InotifyDescriptor, mounts: @escaping () -> MountTable? = MountTable.current
    ) {
        self.inotify = inotify
        self.roots = roots
        states = roots.map { _ in .unwatched }
        realPaths = roots.map(\.path)
        readMounts = mounts
        self.mounts = mounts()
    }

    /// Watches what is not watched yet, and looks whether the roots, and what is mounted in them, are still the same.
    mutating func check() -> [DirectoryChange] {
        noteMounts()
        return roots.indices.flatMap { index -> [DirectoryChange] in
            switch states[index] {
            case .unwatched:
                return watch(index, after: 0)
            case .watched(let identity):
                guard !isStill(identity, roots[index]) else { return [] }
                release { $0.root == index }
                return [.everything(root: roots[index].path, cause: .rootLost)] + watch(index, after: 0)
            case .failed(let fault, let pause, let checksLeft) where checksLeft > 0:
                states[index] = .failed(fault, pause: pause, checksLeft: checksLeft - 1)
                return []
            case .failed(_, let pause, _):
                return watch(index, after: pause)
            }
        }
    }

    /// What `event` asks to look at.
    mutating func changes(after event: InotifyEvent) -> [DirectoryChange] {
        guard !event.mask.contains(.overflow) else {
            // Of directories too nobody has told that are new, and they would never be watched.
            states = states.map { if case .watched = $0 { .unwatched } else { $0 } }
            return roots.map { .everything(root: $0.path, cause: .overflow) }
        }
        let concerned = (places[event.watch] ?? []).sorted { ($0.root, $0.directory) < ($1.root, $1.directory) }
        if event.mask.contains(.watchEnded) { places[event.watch] = nil }
        return concerned.flatMap { changes(after: event, at: $0) }
    }

    private mutating func changes(after event: InotifyEvent, at place: Place) -> [DirectoryChange] {
        let root = roots[place.root]
        guard event.mask.isDisjoint(with: [.selfDeleted, .selfMoved, .unmounted, .watchEnded]) else {
            guard place.directory.isEmpty else {
                // It says the same in its parent's watch, but not when it is unmounted; and what is mounted there again
                // before the next check may look the same in the table.
                if event.mask.contains(.unmounted) { states[place.root] = .unwatched }
                return [.everything(root: root.path, cause: .directories)]
            }
            release { $0.root == place.root }
            states[place.root] = .unwatched
            return [.everything(root: root.path, cause: .rootLost)]
        }
        let path = WatchedRoot.join(place.directory, event.name)
        if event.mask.contains(.aboutDirectory) {
            return directoryChanges(after: event, name: event.name, at: path, in: place)
        }
        guard event.name != ExportNames.volumeData else {
            return [.everything(root: root.path, cause: .directories)]
        }
        guard ExportNames.acceptsFile(event.name) else { return [] }
        return [.file(root: root.path, path: path, arrival: event.mask.contains(.movedTo) ? .renamed : .written)]
    }

    private mutating func directoryChanges(
        after event: InotifyEvent, name: String, at path: String, in place: Place
    ) -> [DirectoryChange] {
        let root = roots[place.root]
        guard !name.isEmpty, root.enters(name, in: place.directory) else {
            // Permissions of a watched directory itself: files may have become readable.
            guard name.isEmpty, event.mask.contains(.attributes) else { return [] }
            // A root that could not be watched may be entered by now.
            if place.directory.isEmpty, case .failed = states[place.root] { states[place.root] = .unwatched }
            return [Self.look(at: place.directory, in: root)]
        }
        guard event.mask.isDisjoint(with: [.movedFrom, .deleted]) else {
            // By bytes: one whose name is the same to Unicode is another one.
            release { $0.root == place.root && "\($0.directory)/".utf8.starts(with: "\(path)/".utf8) }
            // What is gone with it only the whole root can tell.
            let whole = DirectoryChange.everything(root: root.path, cause: .directories)
            // Another one may be there by now, and an event before this one, as when two are exchanged, may have been
            // the only one about it: the watch that began then has just been ended.
            return [whole] + watchAlone(path, in: place.root).filter { $0 != Self.look(at: path, in: root) }
        }
        return watchAlone(path, in: place.root)
    }

    /// Watches one directory below a root with all that it holds; nothing follows where there is none.
    private mutating func watchAlone(_ path: String, in index: Int) -> [DirectoryChange] {
        let root = roots[index]
        do throws(SourceFault) {
            try watch(path, depth: path.split(separator: "/").count, in: index)
        } catch .vanished {
            // Its end is told next, or has been.
            return []
        } catch .unreadable(errno: EACCES) {
            // It is told again when it may be read.
        } catch {
            fail(index, error, pause: 1)
            return [.everything(root: root.path, cause: .unwatched(error))]
        }
        // What was put into it before its watch began gave no event.
        return [Self.look(at: path, in: root)]
    }

    private static func look(at directory: String, in root: WatchedRoot) -> DirectoryChange {
        directory.isEmpty
            ? .everything(root: root.path, cause: .directories) : .directory(root: root.path, path: directory)
    }

    /// A watch is one of a directory, and the directory in which a disk is mounted stays as it is: a root in which, or
    /// above which, a mount point came or went is watched anew.
    private mutating func noteMounts() {
        guard let now = readMounts() else { return }
        let changed = mounts.map { now.points(changedSince: $0) } ?? []
        mounts = now
        guard !changed.isEmpty else { return }
        for (index, path) in realPaths.enumerated()
        where changed.contains(where: { MountTable.holds(path, $0) || MountTable.holds($0, path) }) {
            states[index] = .unwatched
        }
    }

    /// Watches a whole root; says so when that is news.
    private mutating func watch(_ index: Int, after pause: Int) -> [DirectoryChange] {
        let root = roots[index]
        var next = min(max(1, pause * 2), Self.longestPause)
        do throws(SourceFault) {
            try refuseNetworks(in: index)
            let identity: FileIdentity
            do throws(SourceFault) {
                identity = try self.identity(of: root)
            } catch {
                // To ask is one cheap call, and no event tells when it is there, or may be opened; anything else may be
                // a walk through the whole tree.
                next = 0
                throw error
            }
            release { $0.root == index }
            try watch("", depth: 0, in: index)
            states[index] = .watched(identity)
            return [.everything(root: root.path, cause: .watched)]
        } catch {
            let before = states[index]
            fail(index, error, pause: next)
            if case .failed(let fault, _, _) = before, fault == error { return [] }
            return [.everything(root: root.path, cause: .unwatched(error))]
        }
    }

    /// Nobody tells of what others write there, and a server that does not answer would stop the thread.
    private mutating func refuseNetworks(in index: Int) throws(SourceFault) {
        guard let mounts = mounts?.mounts else { return }
        func isNetwork(_ path: String) -> Bool { FileSystemKind.of(treeAt: path, mounts: mounts) == .network }
        // Whoever asks where links lead asks the server.
        guard !isNetwork(roots[index].path) else { throw .unreadable(errno: EOPNOTSUPP) }
        guard let path = realPath(roots[index].path) else { return }
        realPaths[index] = path
        guard !isNetwork(path) else { throw .unreadable(errno: EOPNOTSUPP) }
    }

    private mutating func fail(_ index: Int, _ fault: SourceFault, pause: Int) {
        // A root that has just gone is asked for at once.
        let next = fault == .vanished ? 0 : pause
        states[index] = .failed(fault, pause: next, checksLeft: next)
    }

    /// Watches `directory` and all below it. The watch comes before the listing, so that nothing falls between.
    private mutating func watch(_ directory: String, depth: Int, in index: Int) throws(SourceFault) {
        let root = roots[index]
        guard depth <= root.limits.depth else { return }
        let path = WatchedRoot.join(root.path, directory)
        let watch = try inotify.watch(directory.isEmpty ? root.path : path, followingLink: directory.isEmpty)
        places[watch, default: []].insert(Place(root: index, directory: directory))
        guard depth < root.limits.depth else { return }

        let listing = try DirectoryListing(of: .directory(at: path), limit: root.limits.entries) { name in
            (name.kind == .directory || name.kind == .other) && name.isUTF8 && root.enters(name.text, in: directory)
        }
        // One directory that cannot be watched leaves its neighbours watched.
        var fault = listing.fault
        for name in listing.names {
            do throws(SourceFault) {
                try self.watch(WatchedRoot.join(directory, name.text), depth: depth + 1, in: index)
            } catch .vanished {
                // Gone again, or no directory: its parent's watch is in place and tells what comes.
            } catch .unreadable(errno: EACCES) {
                // No scan sees into it either, and its parent's watch tells when it may be read.
            } catch {
                fault = fault ?? error
            }
        }
        if let fault { throw fault }
    }

    /// Forgets the places that `matches` tells, and ends the watches that are left without any.
    private mutating func release(where matches: (Place) -> Bool) {
        for (watch, held) in places {
            let kept = held.filter { !matches($0) }
            guard kept.count < held.count else { continue }
            places[watch] = kept.isEmpty ? nil : kept
            if kept.isEmpty { inotify.end(watch) }
        }
    }

    private func identity(of root: WatchedRoot) throws(SourceFault) -> FileIdentity {
        FileIdentity(try OpenDescriptor.directory(at: root.path).status())
    }

    private func isStill(_ identity: FileIdentity, _ root: WatchedRoot) -> Bool {
        do throws(SourceFault) {
            return try self.identity(of: root) == identity
        } catch {
            // Why not is told when it is watched anew.
            return false
        }
    }
}
