import Glibc

/// Whether a directory's file system tells of all changes by events.
package enum FileSystemKind: Hashable, Sendable {
    case local
    /// NFS, SMB, FUSE and their like: others can write there without this kernel's knowledge.
    case network
    /// Of a type that we do not know: treated as a network.
    case unknown
    /// It could not be found out, and may be another time.
    case undetermined

    package var givesEvents: Bool { self == .local }

    /// Of the directory at `path` and all that is mounted below it, by the one that tells least; of a directory that is
    /// missing, that of the one in which it is missing.
    package static func of(_ path: String) -> FileSystemKind {
        guard let mounts = MountTable.current()?.mounts else { return .undetermined }
        // The table answers at once, and a server that is silent lets whoever looks at its directory wait.
        guard path.contains("..") || of(treeAt: path, mounts: mounts) != .network else { return .network }
        if let real = realPath(path) { return of(treeAt: real, mounts: mounts) }
        var path = path[...]
        while errno == ENOENT, let slash = path.lastIndex(of: "/") {
            path = path[..<slash]
            if let real = realPath(path.isEmpty ? "/" : String(path)) { return of(real, mounts: mounts) }
        }
        return .undetermined
    }

    /// Of the absolute path `path` without links.
    static func of(_ path: String, mounts: [MountTable.Mount]) -> FileSystemKind {
        var longest = -1
        var kind = FileSystemKind.undetermined
        for mount in mounts where mount.point.utf8.count >= longest && MountTable.holds(mount.point, path) {
            longest = mount.point.utf8.count
            kind = FileSystemKind(type: mount.type)
        }
        return kind
    }

    /// With what is mounted below it: there too nobody tells of what others write.
    static func of(treeAt path: String, mounts: [MountTable.Mount]) -> FileSystemKind {
        let points = Set(mounts.map(\.point).filter { MountTable.holds(path, $0) }).union([path])
        let kinds = points.map { of($0, mounts: mounts) }
        return kinds.first { !$0.givesEvents } ?? .local
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
}
