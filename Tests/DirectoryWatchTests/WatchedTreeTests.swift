import Glibc
import TestSupport
import Testing

@testable import DirectoryWatch

@Suite("What is to be scanned after an event about a directory")
struct WatchedTreeTests {
    @Test(
        "One that came or may be read is scanned alone; when one has gone, or it is the root, all is",
        arguments: [
            (.make("new"), ["new"], false), (.make("hr/new"), ["hr/new"], false),
            (.moveIn("hr/new"), ["hr/new"], false),
            (.allow("hr"), ["hr"], false), (.allow("hr/deep"), ["hr/deep"], false), (.allow(""), [], true),
            (.remove("hr/deep"), [], true), (.moveOut("hr"), [], true), (.rename("hr", "it"), ["it"], true),
            (.make(".hidden"), [], false), (.make("hr/answers"), [], false),
        ] as [(Act, Set<String>, Bool)])
    func table(act: Act, directories: Set<String>, isEverything: Bool) throws {
        let directory = try TemporaryDirectory()
        for name in ["root/hr/deep", "outside/in"] { try directory.write("x", to: "\(name)/a.txt") }
        let root = WatchedRoot("\(directory.path)/root", excluding: ["hr/answers"])
        let inotify = try InotifyDescriptor()
        var tree = WatchedTree([root], inotify: inotify) { nil }
        #expect(tree.check() == [.everything(root: root.path, cause: .watched)])

        try act.perform(in: directory)
        let changes = try Set(changes(of: &tree, from: inotify))
        let everything = DirectoryChange.everything(root: root.path, cause: .directories)
        let expected = directories.map { DirectoryChange.directory(root: root.path, path: $0) }
        #expect(changes == Set(expected + (isEverything ? [everything] : [])))
        #expect(changes.allSatisfy { $0.root == root.path })
    }

    @Test("One that is gone before it can be watched is no reason to watch the root anew")
    func gone() throws {
        let directory = try TemporaryDirectory()
        try directory.write("x", to: "a.txt")
        let inotify = try InotifyDescriptor()
        var tree = WatchedTree([WatchedRoot(directory.path)], inotify: inotify) { nil }
        #expect(tree.check() == [.everything(root: directory.path, cause: .watched)])
        try #require(unsafe mkdir("\(directory.path)/new", 0o700) == 0 && rmdir("\(directory.path)/new") == 0)
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        guard case .events(let events) = try inotify.wait(atMost: 10_000, buffer: &buffer) else {
            Issue.record("no event")
            return
        }
        let changes = events.flatMap { tree.changes(after: $0) }
        #expect(changes == [.everything(root: directory.path, cause: .directories)])
        #expect(tree.check() == [])
    }

    @Test("Two directories that are exchanged are both watched under their new names", arguments: ["y", "hr/y"])
    func exchanged(other: String) throws {
        let directory = try TemporaryDirectory()
        for name in ["x/old-x", "\(other)/old-y"] { try directory.write("x", to: "\(name)/a.txt") }
        let root = directory.path
        let inotify = try InotifyDescriptor()
        var tree = WatchedTree([WatchedRoot(root)], inotify: inotify) { nil }
        #expect(tree.check() == [.everything(root: root, cause: .watched)])
        let look = { DirectoryChange.directory(root: root, path: $0) }
        // Glibc's module has no renameat2; of three renames the same four events are told as it tells them.
        for (from, to) in [("x", ".aside"), (other, "x"), (".aside", other)] {
            try #require(unsafe Glibc.rename("\(root)/\(from)", "\(root)/\(to)") == 0)
        }
        var told: [InotifyEvent] = []
        try forEachEvent(of: inotify) { told.append($0) }
        for (mask, name) in [(InotifyEvent.Mask.movedFrom, "x"), (.movedTo, "y"), (.movedFrom, "y"), (.movedTo, "x")] {
            let event = try #require(told.first { $0.name == name && $0.mask.contains(mask) })
            let changes = tree.changes(after: event)
            let everything = DirectoryChange.everything(root: root, cause: .directories)
            #expect(changes == (mask == .movedFrom ? [everything] : [look(name == "y" ? other : "x")]))
        }
        #expect(tree.check() == [], "nothing else is watched anew")

        let paths = ["x/a.ics", "x/old-y/a.ics", "\(other)/a.ics", "\(other)/old-x/a.ics"]
        for path in paths { try directory.write("x", to: path) }
        let files = paths.map { DirectoryChange.file(root: root, path: $0, arrival: .written) }
        #expect(try Set(changes(of: &tree, from: inotify)) == Set(files))
    }

    /// What all events ask for that have come by now.
    private func changes(of tree: inout WatchedTree, from inotify: InotifyDescriptor) throws -> [DirectoryChange] {
        var changes: [DirectoryChange] = []
        try forEachEvent(of: inotify) { changes += tree.changes(after: $0) }
        return changes
    }

    private func forEachEvent(of inotify: InotifyDescriptor, take: (InotifyEvent) -> Void) throws {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while case .events(let events) = try inotify.wait(atMost: 0, buffer: &buffer) { events.forEach(take) }
    }

    @Test(
        "A root that may not be opened is told so, once, and is watched at the first check at which it may be",
        .enabled(if: geteuid() != 0, "root opens all"), arguments: ["parent/root", "parent"])
    func closed(place: String) throws {
        let directory = try TemporaryDirectory()
        try directory.write("x", to: "parent/root/a.txt")
        let (root, closed) = ("\(directory.path)/parent/root", "\(directory.path)/\(place)")
        try #require(unsafe chmod(closed, 0) == 0)
        defer { unsafe chmod(closed, 0o700) }
        let inotify = try InotifyDescriptor()
        var tree = WatchedTree([WatchedRoot(root)], inotify: inotify) { nil }
        #expect(tree.check() == [.everything(root: root, cause: .unwatched(.unreadable(errno: EACCES)))])
        for _ in 0..<5 { #expect(tree.check() == []) }
        try #require(unsafe chmod(closed, 0o700) == 0)
        #expect(tree.check() == [.everything(root: root, cause: .watched)])
        try #require(unsafe chmod(closed, 0) == 0)
        #expect(
            tree.check() == [
                .everything(root: root, cause: .rootLost),
                .everything(root: root, cause: .unwatched(.unreadable(errno: EACCES))),
            ])
    }

    @Test(
        "A root is watched as soon as it may be entered", .enabled(if: geteuid() != 0, "root enters all"))
    func entered() throws {
        let directory = try TemporaryDirectory()
        try directory.write("x", to: "root/hr/a.txt")
        let root = "\(directory.path)/root"
        try #require(unsafe chmod(root, 0o400) == 0)
        defer { unsafe chmod(root, 0o700) }
        let inotify = try InotifyDescriptor()
        var tree = WatchedTree([WatchedRoot(root)], inotify: inotify) { nil }
        #expect(tree.check() == [.everything(root: root, cause: .unwatched(.unreadable(errno: EACCES)))])
        for changes in [[DirectoryChange.everything(root: root, cause: .watched)], []] {
            try #require(unsafe chmod(root, 0o700) == 0)
            var buffer = [UInt8](repeating: 0, count: 1 << 16)
            guard case .events(let events) = try inotify.wait(atMost: 10_000, buffer: &buffer) else {
                Issue.record("no event")
                return
            }
            #expect(Set(events.flatMap { tree.changes(after: $0) }) == [.everything(root: root, cause: .directories)])
            #expect(tree.check() == changes, "once is enough")
        }
    }

    /// What happens to directories, named from the root on.
    enum Act {
        case make(String)
        case moveIn(String)
        /// Somebody gets leave to read it.
        case allow(String)
        case remove(String)
        case moveOut(String)
        case rename(String, String)

        func perform(in directory: TemporaryDirectory) throws {
            let (root, outside) = ("\(directory.path)/root", "\(directory.path)/outside")
            let result =
                switch self {
                case .make(let path): unsafe mkdir("\(root)/\(path)", 0o700)
                case .moveIn(let path): unsafe Glibc.rename("\(outside)/in", "\(root)/\(path)")
                case .allow(let path): unsafe chmod("\(root)/\(path)", 0o755)
                case .remove(let path): unsafe unlink("\(root)/\(path)/a.txt") + rmdir("\(root)/\(path)")
                case .moveOut(let path): unsafe Glibc.rename("\(root)/\(path)", "\(outside)/out")
                case .rename(let from, let to): unsafe Glibc.rename("\(root)/\(from)", "\(root)/\(to)")
                }
            try #require(result == 0)
        }
    }
}
