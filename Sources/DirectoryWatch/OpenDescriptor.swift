import Glibc

/// A file descriptor that closes itself; everything below a root is opened relative to one, never through a link.
struct OpenDescriptor: ~Copyable, Sendable {
    let number: Int32

    init(taking number: Int32) { self.number = number }

    deinit { close(number) }

    /// The directory at `path`; links on the way are followed, since the operator named it.
    static func directory(at path: String) throws(SourceFault) -> OpenDescriptor {
        try OpenDescriptor(checked: unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC))
    }

    /// The directory `name` in this one; a link is refused.
    func directory(_ name: String) throws(SourceFault) -> OpenDescriptor {
        try OpenDescriptor(checked: unsafe openat(number, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC))
    }

    /// The file `name` in this directory, for reading; a link is refused, and a FIFO does not block.
    func file(_ name: String) throws(SourceFault) -> OpenDescriptor {
        let flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC
        return try OpenDescriptor(checked: unsafe openat(number, name, flags))
    }

    /// What this descriptor stands for.
    func status() throws(SourceFault) -> stat {
        var status = stat()
        guard unsafe fstat(number, &status) == 0 else { throw SourceFault(errno: errno) }
        return status
    }

    /// What `name` in this directory is: of a link, the link itself.
    func status(of name: String) throws(SourceFault) -> stat {
        var status = stat()
        guard unsafe fstatat(number, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { throw SourceFault(errno: errno) }
        return status
    }

    /// Whether the link `name` in this directory leads to a directory, wherever that is.
    func leadsToDirectory(_ name: String) throws(SourceFault) -> Bool {
        var status = stat()
        guard unsafe fstatat(number, name, &status, 0) == 0 else { throw SourceFault(errno: errno) }
        return status.isDirectory
    }

    private init(checked number: Int32) throws(SourceFault) {
        guard number >= 0 else { throw SourceFault(errno: errno) }
        self.number = number
    }
}

extension stat {
    var isRegular: Bool { st_mode & S_IFMT == S_IFREG }
    var isDirectory: Bool { st_mode & S_IFMT == S_IFDIR }
    var isLink: Bool { st_mode & S_IFMT == S_IFLNK }
}
