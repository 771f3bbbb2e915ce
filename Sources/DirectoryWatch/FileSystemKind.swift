import Glibc

/// Whether a directory's file system tells of all changes by events.
package enum FileSystemKind: Hashable, Sendable {
    case local
    /// NFS, SMB, FUSE and their like: others can write there without this kernel's knowledge.
    case network
    /// One that we do not know, or that could not be determined: treated as a network.
    case unknown

    package var givesEvents: Bool { self == .local }

    /// Of the directory at `path`; of one that is missing, that of the one in which it is missing.
    package static func of(_ path: String) -> FileSystemKind {
        guard let real = unsafe realpath(path, nil) else {
            guard errno == ENOENT, let slash = path.lastIndex(of: "/") else { return .unknown }
            return of(slash == path.startIndex ? "/" : String(path[..<slash]))
        }
        defer { unsafe free(real) }
        guard let absolute = unsafe String(validatingCString: real), let mounts = mountTable() else { return .unknown }
        return of(absolute, mounts: mounts)
    }

    /// Of the absolute path `path` without links, from a table in the form of `/proc/self/mountinfo` (proc(5)).
    static func of(_ path: String, mounts: String) -> FileSystemKind {
        var longest = -1
        var kind = FileSystemKind.unknown
        for line in mounts.split(separator: "\n") {
            // "36 35 98:0 /root /mount options optional… - type source superoptions"
            let fields = line.split(separator: " ")
            guard fields.count > 4, let dash = fields.firstIndex(of: "-"), dash + 1 < fields.count else { continue }
            let point = unescaped(fields[4])
            // A later mount on the same point hides the earlier one.
            guard point.utf8.count >= longest, holds(point, path) else { continue }
            longest = point.utf8.count
            kind = FileSystemKind(type: fields[dash + 1])
        }
        return kind
    }

    private init(type: Substring) {
        if Self.localTypes.contains(String(type)) {
            self = .local
        } else if Self.networkTypes.contains(String(type)) || type.hasPrefix("fuse") {
            self = .network
        } else {
            self = .unknown
        }
    }

    private static let localTypes: Set<String> = [
        "ext2", "ext3", "ext4", "xfs", "btrfs", "zfs", "f2fs", "bcachefs", "jfs", "reiserfs", "nilfs2", "tmpfs",
        "ramfs",
        "overlay", "vfat", "exfat", "ntfs3", "hfsplus", "iso9660", "udf", "squashfs", "erofs", "ecryptfs",
    ]
    private static let networkTypes: Set<String> = [
        "nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "virtiofs", "ceph", "afs", "ocfs2", "gfs2", "lustre", "glusterfs",
    ]

    private static func holds(_ point: String, _ path: String) -> Bool {
        point == "/" || path == point || path.utf8.starts(with: "\(point)/".utf8)
    }

    /// The table writes space, tab, line feed and backslash as three octal digits after a backslash.
    private static func unescaped(_ field: Substring) -> String {
        var text = String(field)
        for (code, character) in [("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")] {
            text = text.replacing(code, with: character)
        }
        return text
    }

    private static func mountTable() -> String? {
        guard let file = unsafe fopen("/proc/self/mountinfo", "re") else { return nil }
        defer { unsafe fclose(file) }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 1 << 16)
        // Some machines have thousands of mounts; none has 16 MiB of them.
        while bytes.count < 1 << 24 {
            let got = unsafe fread(&part, 1, part.count, file)
            guard got > 0 else { break }
            bytes += part[..<got]
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
