import Glibc

/// The directory that holds a file below a root, and the file's name in it.
///
/// Reached name by name without following a link, so that nothing that is swapped on the way leads out of the root.
struct FilePlace: ~Copyable {
    let directory: OpenDescriptor
    let name: String

    /// The place of `path`, relative to `root`. A file that is a link counts as what it leads to, if that lies below
    /// the root; a link to a directory on the way does not count.
    static func find(_ path: String, below root: WatchedRoot) throws(SourceFault) -> FilePlace {
        let place = try walk(to: path, below: root)
        guard try place.directory.status(of: place.name).isLink else { return place }
        return try walk(to: target(of: path, below: root), below: root)
    }

    /// The stamp of the regular file at this place now.
    func stamp() throws(SourceFault) -> FileStamp {
        let status = try directory.status(of: name)
        guard !status.isLink else { throw .changing }
        guard status.isRegular else { throw .notRegular }
        return FileStamp(status)
    }

    private static func walk(to path: String, below root: WatchedRoot) throws(SourceFault) -> FilePlace {
        var names = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard names.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." }), let last = names.popLast() else {
            throw .outsideRoot
        }
        var directory = try OpenDescriptor.directory(at: root.path)
        for name in names { directory = try directory.directory(name) }
        return FilePlace(directory: directory, name: last)
    }

    /// Where the link at `path` leads, relative to `root`.
    private static func target(of path: String, below root: WatchedRoot) throws(SourceFault) -> String {
        guard let base = realPath(root.path) else { throw SourceFault(errno: errno) }
        guard let target = realPath("\(root.path)/\(path)") else { throw .outsideRoot }
        let prefix = base == "/" ? base : "\(base)/"
        // By bytes: two spellings that Unicode calls equal are two directories.
        guard target.utf8.starts(with: prefix.utf8) else { throw .outsideRoot }
        return String(target.utf8.dropFirst(prefix.utf8.count)) ?? target
    }
}
