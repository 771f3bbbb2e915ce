import TestSupport
import Testing

@testable import DirectoryWatch

@Suite("Kinds of file systems")
struct FileSystemKindTests {
    private let mounts = """
        22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
        23 22 0:5 / /srv/exports rw - nfs4 server:/exports rw
        24 22 0:6 / /srv/exports/local\\040disk rw master:1 - xfs /dev/sdb1 rw
        25 22 0:7 / /home/ann/mail rw - fuse.sshfs ann@host: rw
        26 22 0:8 / /odd rw - plan10 none rw
        27 22 0:9 / /twice rw - nfs server:/twice rw
        28 27 0:9 / /twice rw - tmpfs none rw
        nonsense
        """

    @Test(
        "The longest mount point above a path decides, and of equal ones the last",
        arguments: [
            ("/srv", FileSystemKind.local), ("/srv/exports", .network), ("/srv/exports/hr", .network),
            ("/srv/exports-2", .local), ("/srv/exports/local disk/hr", .local), ("/home/ann/mail/x", .network),
            ("/odd/x", .unknown), ("/twice", .local),
        ])
    func kinds(path: String, kind: FileSystemKind) {
        #expect(FileSystemKind.of(path, mounts: MountTable(mounts).mounts) == kind)
    }

    @Test(
        "What is mounted below a directory counts with it",
        arguments: [
            ("/srv", FileSystemKind.network), ("/srv/exports/local disk", .local), ("/home", .network),
            ("/odd", .unknown),
            ("/twice", .local), ("/hom", .local),
        ])
    func trees(path: String, kind: FileSystemKind) {
        #expect(FileSystemKind.of(treeAt: path, mounts: MountTable(mounts).mounts) == kind)
    }

    @Test("A directory that is missing is of the kind of the one in which it is missing")
    func missing() throws {
        let directory = try TemporaryDirectory()
        #expect(FileSystemKind.of("\(directory.path)/no/such/directory") == FileSystemKind.of(directory.path))
        let mounts = try #require(MountTable.current()).mounts
        #expect(FileSystemKind.of("/no/such/directory") == FileSystemKind.of("/", mounts: mounts))
        #expect(FileSystemKind.of("/proc/none") == .unknown)
    }

    @Test("Without a table nobody knows the kind of a directory, which gives no events then")
    func unknown() throws {
        #expect(FileSystemKind.of("/srv", mounts: MountTable("").mounts) == .undetermined)
        #expect(!FileSystemKind.undetermined.givesEvents)
        #expect(!FileSystemKind.unknown.givesEvents)
        #expect(!FileSystemKind.network.givesEvents)
    }

    @Test("The table of this machine is read: its /proc is no disk")
    func machine() {
        #expect(FileSystemKind.of("/proc") == .unknown)
        #expect(FileSystemKind.of("/") != .network)
    }
}
