import Glibc
import Synchronization
import TestSupport
import Testing

@testable import DirectoryWatch

@Suite("What is mounted below a root", .timeLimit(.minutes(1)))
struct MountTests {
    @Test(
        "Where something was mounted, unmounted or exchanged is told by two tables",
        arguments: [
            (["23 22 8:1 /x /bound rw - ext4 /dev/sda rw"], []),
            ([], ["/bound"]),
            (["30 22 8:2 / /srv/disk rw - ext4 /dev/sdb rw"], ["/bound", "/srv/disk"]),
            (["30 22 8:2 / /a\\040b\\134c rw - ext4 /dev/sdb rw"], ["/bound", "/a b\\c"]),
            (["23 22 8:1 /other /bound rw - ext4 /dev/sda rw"], ["/bound"]),
            (["23 22 8:1 /x /bound ro,noatime shared:7 - ext4 /dev/sda rw"], []),
            (["23 22 8:1 /x /moved rw - ext4 /dev/sda rw"], ["/bound", "/moved"]),
            (["23 22 8:3 /x /bound rw - ext4 /dev/sda rw", "nonsense"], ["/bound"]),
        ] as [([String], Set<String>)])
    func changed(lines: [String], points: Set<String>) {
        let root = "22 1 8:1 / / rw - ext4 /dev/sda rw"
        let before = MountTable("\(root)\n23 22 8:1 /x /bound rw - ext4 /dev/sda rw")
        let after = MountTable(([root] + lines).joined(separator: "\n"))
        #expect(after.points(changedSince: before) == points)
        #expect(before.points(changedSince: after) == points)
    }

    @Test(
        "A root is watched anew when something is mounted in or above it or unmounted, whatever name leads to it",
        arguments: [
            ("", true), ("/disk", true), ("/deep/er/disk", true), ("-2", false), ("/../elsewhere", false),
            ("/..", true),
        ])
    func concerned(place: String, isConcerned: Bool) throws {
        let directory = try TemporaryDirectory()
        try directory.write("x", to: "exports/a.ics")
        let root = WatchedRoot("\(directory.path)/link")
        unsafe symlink("exports", root.path)
        let real = try #require(realPath(root.path))
        let above = real.prefix(upTo: real.lastIndex(of: "/") ?? real.startIndex)
        let point = ["/..": "\(above)", "/../elsewhere": "\(above)/elsewhere"][place] ?? "\(real)\(place)"
        let table = Mutex<MountTable?>(MountTable("22 1 8:1 / / rw - ext4 /dev/sda rw"))
        var tree = WatchedTree([root], inotify: try InotifyDescriptor()) { table.withLock(\.self) }
        let watched = [DirectoryChange.everything(root: root.path, cause: .watched)]
        #expect(tree.check() == watched)
        #expect(tree.check() == [])

        let before = table.withLock(\.self)
        table.withLock { $0 = MountTable("\($0?.text ?? "")\n30 22 8:2 / \(point) rw - ext4 /dev/sdb rw") }
        #expect(tree.check() == (isConcerned ? watched : []))
        #expect(tree.check() == [])
        table.withLock { $0 = nil }
        #expect(tree.check() == [])
        table.withLock { $0 = before }
        #expect(tree.check() == (isConcerned ? watched : []))
    }

    @Test("A root in which a network is mounted gives no events as long as it is")
    func network() throws {
        let directory = try TemporaryDirectory()
        let root = WatchedRoot(directory.path)
        let real = try #require(realPath(root.path))
        let local = "22 1 8:1 / / rw - ext4 /dev/sda rw"
        let table = Mutex<MountTable?>(MountTable(local))
        var tree = WatchedTree([root], inotify: try InotifyDescriptor()) { table.withLock(\.self) }
        #expect(tree.check() == [.everything(root: root.path, cause: .watched)])
        table.withLock { $0 = MountTable("\(local)\n30 22 0:5 / \(real)/far rw - nfs4 server:/x rw") }
        let refused = SourceFault.unreadable(errno: EOPNOTSUPP)
        #expect(tree.check() == [.everything(root: root.path, cause: .unwatched(refused))])
        #expect(tree.check() == [])
        table.withLock { $0 = MountTable(local) }
        #expect(tree.check() == [.everything(root: root.path, cause: .watched)])
    }

    @Test("A disk tells of its files each time that it is mounted", .enabled(if: Disk.canMount, Disk.refusal))
    func mounted() async throws {
        let directory = try TemporaryDirectory()
        let root = directory.path
        try directory.write("x", to: "disk/beneath.txt")
        // The kernel's word about the table ends the wait, or nothing does.
        var changes = try DirectoryChanges(of: [WatchedRoot(root)], checkInterval: .seconds(3_600)).makeAsyncIterator()
        try await changes.wait(for: .everything(root: root, cause: .watched))
        for name in ["first", "second"] {
            let disk = try Disk(at: "\(root)/disk")
            try await changes.wait(for: .everything(root: root, cause: .watched))
            try directory.write("x", to: "disk/\(name).ics")
            try await changes.wait(for: .file(root: root, path: "disk/\(name).ics", arrival: .written))
            disk.unmount()
            try await changes.wait(for: .everything(root: root, cause: .watched))
        }
        try directory.write("x", to: "disk/beneath.ics")
        try await changes.wait(for: .file(root: root, path: "disk/beneath.ics", arrival: .written))
    }

    @Test(
        "What lies on another disk than the root is for a scan of the whole root",
        .enabled(if: Disk.canMount, Disk.refusal),
        arguments: [("outer", true), ("outer/disk", true), ("outer/disk/in", true), ("beside", false)])
    func otherDisk(place: String, isForWholeScan: Bool) throws {
        let directory = try TemporaryDirectory()
        for name in ["outer/disk", "beside"] { try directory.write("x", to: "\(name)/a.txt") }
        let disk = try Disk(at: "\(directory.path)/outer/disk")
        try directory.write("x", to: "outer/disk/in/a.ics")
        let part = SubtreeScan(of: place, below: WatchedRoot(directory.path))
        #expect(part.isForWholeScan == isForWholeScan)
        #expect(part.entries.map(\.path) == (isForWholeScan ? ["outer/disk/in/a.ics"] : []))
        #expect(part.refusals == [])
        disk.unmount()
    }

    @Test(
        "One that is back before anybody looks is watched anew, though no table tells",
        .enabled(if: Disk.canMount, Disk.refusal))
    func remounted() throws {
        let directory = try TemporaryDirectory()
        let root = directory.path
        try directory.write("x", to: "disk/beneath.txt")
        let first = try Disk(at: "\(root)/disk")
        let inotify = try InotifyDescriptor()
        var tree = WatchedTree([WatchedRoot(root)], inotify: inotify) { nil }
        #expect(tree.check() == [.everything(root: root, cause: .watched)])
        first.unmount()
        let second = try Disk(at: "\(root)/disk")

        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        func heard() throws -> [DirectoryChange] {
            guard case .events(let events) = try inotify.wait(atMost: 10_000, buffer: &buffer) else { return [] }
            return events.flatMap { tree.changes(after: $0) }
        }
        #expect(try Set(heard()) == [.everything(root: root, cause: .directories)])
        #expect(tree.check() == [.everything(root: root, cause: .watched)])
        try directory.write("x", to: "disk/a.ics")
        var told: [DirectoryChange] = []
        while !told.contains(.file(root: root, path: "disk/a.ics", arrival: .written)) {
            let more = try heard()
            try #require(!more.isEmpty, "no event within ten seconds")
            told += more
        }
        second.unmount()
    }
}

/// An empty file system in memory, mounted for the time of a test.
private struct Disk: ~Copyable {
    static let refusal: Comment = "only root may mount"
    private let point: String

    init(at point: String) throws {
        self.point = point
        guard unsafe mount("none", point, "tmpfs", 0, nil) == 0 else { throw SourceFault.unreadable(errno: errno) }
    }

    consuming func unmount() {}

    deinit { unsafe umount2(point, Int32(MNT_DETACH)) }

    static let canMount: Bool = {
        do {
            let directory = try TemporaryDirectory()
            let disk = try Disk(at: directory.path)
            disk.unmount()
            return true
        } catch {
            return false
        }
    }()
}
