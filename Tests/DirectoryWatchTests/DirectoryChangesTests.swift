import DirectoryWatch
import Foundation
import Glibc
import TestSupport
import Testing

/// Real events; each test waits for the change that it names, and a deadline only ends a test that has failed.
@Suite("Changes below a root", .timeLimit(.minutes(1)))
struct DirectoryChangesTests {
    private let directory: TemporaryDirectory
    private var root: String { directory.path }

    init() throws { directory = try TemporaryDirectory() }

    @Test("Watching begins with a word to look at everything")
    func begins() async throws {
        try await expect(.everything(root: root, cause: .watched)) {}
    }

    @Test("A file that is renamed into place is told as renamed")
    func renamed() async throws {
        try directory.write("x", to: "a.tmp")
        try await expect(.file(root: root, path: "a.ics", arrival: .renamed)) {
            unsafe rename("\(root)/a.tmp", "\(root)/a.ics")
        }
    }

    @Test("A file that is written, hard-linked, touched or removed is told as written", arguments: Act.allCases)
    func written(act: Act) async throws {
        try directory.write("x", to: "old.ics")
        try await expect(.file(root: root, path: act == .linked ? "new.ics" : "old.ics", arrival: .written)) {
            try act.perform(in: directory)
        }
    }

    @Test("A new directory, and one moved in, are watched with all that they hold", arguments: [true, false])
    func newDirectory(moved: Bool) async throws {
        let outside = try TemporaryDirectory()
        try outside.write("x", to: "hr/deep/a.txt")
        var changes = try DirectoryChanges(of: [WatchedRoot(root)]).makeAsyncIterator()
        try await changes.wait(for: .everything(root: root, cause: .watched))
        if moved {
            unsafe rename("\(outside.path)/hr", "\(root)/hr")
        } else {
            try directory.write("x", to: "hr/deep/a.txt")
        }
        try await changes.wait(for: .directory(root: root, path: "hr"))
        // The directory `deep` may be seen in a second event; a file in it is told once it is watched, or with it.
        try directory.write("x", to: "hr/deep/b.ics")
        try await changes.wait { change in
            change == .file(root: root, path: "hr/deep/b.ics", arrival: .written)
                || change == .directory(root: root, path: "hr/deep")
        }
    }

    @Test("A directory that was renamed tells of its files under the new name")
    func renamedDirectory() async throws {
        try directory.write("x", to: "hr/deep/a.txt")
        var changes = try DirectoryChanges(of: [WatchedRoot(root)]).makeAsyncIterator()
        try await changes.wait(for: .everything(root: root, cause: .watched))
        unsafe rename("\(root)/hr", "\(root)/it")
        try await changes.wait(for: .everything(root: root, cause: .directories))
        try directory.write("x", to: "it/deep/a.ics")
        try await changes.wait(for: .file(root: root, path: "it/deep/a.ics", arrival: .written))
    }

    @Test("A directory that was moved out of the root tells no more")
    func movedOut() async throws {
        let outside = try TemporaryDirectory()
        try directory.write("x", to: "hr/deep/a.txt")
        var changes = try DirectoryChanges(of: [WatchedRoot(root)]).makeAsyncIterator()
        try await changes.wait(for: .everything(root: root, cause: .watched))
        unsafe rename("\(root)/hr", "\(outside.path)/hr")
        try await changes.wait(for: .everything(root: root, cause: .directories))
        try outside.write("x", to: "hr/a.ics")
        try outside.write("x", to: "hr/deep/a.ics")
        try directory.write("x", to: "last.ics")
        let last = DirectoryChange.file(root: root, path: "last.ics", arrival: .written)
        var told: Set<DirectoryChange> = []
        while !told.contains(last) { told.formUnion(try #require(await changes.next(isolation: nil))) }
        #expect(told.subtracting([.everything(root: root, cause: .directories)]) == [last])
    }

    @Test("A root that is moved away and made again is told lost, then watched")
    func recreatedRoot() async throws {
        let root = "\(self.root)/exports"
        try directory.write("x", to: "exports/a.ics")
        var changes = try DirectoryChanges(of: [WatchedRoot(root)], checkInterval: .milliseconds(20))
            .makeAsyncIterator()
        try await changes.wait(for: .everything(root: root, cause: .watched))
        unsafe rename(root, "\(root)-old")
        try await changes.wait(for: .everything(root: root, cause: .unwatched(.vanished)))
        try directory.write("x", to: "exports/b.txt")
        try await changes.wait(for: .everything(root: root, cause: .watched))
        try directory.write("x", to: "exports/c.ics")
        try await changes.wait(for: .file(root: root, path: "c.ics", arrival: .written))
    }

    @Test("A root whose parent is moved away is noticed without any event")
    func movedParent() async throws {
        try directory.write("x", to: "parent/exports/a.ics")
        let root = "\(self.root)/parent/exports"
        var changes = try DirectoryChanges(of: [WatchedRoot(root)], checkInterval: .milliseconds(20))
            .makeAsyncIterator()
        try await changes.wait(for: .everything(root: root, cause: .watched))
        unsafe rename("\(self.root)/parent", "\(self.root)/elsewhere")
        try await changes.wait(for: .everything(root: root, cause: .rootLost))
    }

    @Test("A root that is missing at the start is told, and watched when it comes")
    func missingRoot() async throws {
        let root = "\(self.root)/later"
        var changes = try DirectoryChanges(of: [WatchedRoot(root)], checkInterval: .milliseconds(20))
            .makeAsyncIterator()
        try await changes.wait(for: .everything(root: root, cause: .unwatched(.vanished)))
        try directory.write("x", to: "later/a.ics")
        try await changes.wait(for: .everything(root: root, cause: .watched))
    }

    @Test(
        "A directory that may not be read leaves its root watched, and is watched when it may be",
        .enabled(if: geteuid() != 0, "root reads all"))
    func unreadableDirectory() async throws {
        let directories = ["a", "b", "c"].map { "\(root)/\($0)" }
        for name in ["a", "b", "c"] { try directory.write("x", to: "\(name)/x.txt") }
        unsafe chmod(directories[1], 0)
        defer { unsafe chmod(directories[1], 0o700) }
        var changes = try DirectoryChanges(of: [WatchedRoot(root)]).makeAsyncIterator()
        let first = try #require(await changes.next(isolation: nil))
        #expect(first == [.everything(root: root, cause: .watched)])
        for name in ["a", "c"] {
            try directory.write("x", to: "\(name)/x.ics")
            try await changes.wait(for: .file(root: root, path: "\(name)/x.ics", arrival: .written))
        }
        // Once more while it is watched, and as it is made.
        for isOpen in [true, false, true] {
            unsafe chmod(directories[1], isOpen ? 0o700 : 0)
            try await changes.wait(for: .directory(root: root, path: "b"))
        }
        unsafe mkdir("\(root)/d", 0)
        try await changes.wait(for: .directory(root: root, path: "d"))
        unsafe chmod("\(root)/d", 0o700)
        try await changes.wait(for: .directory(root: root, path: "d"))
        for name in ["b", "d", "a"] {
            try directory.write("x", to: "\(name)/y.ics")
            try await changes.wait { change in
                #expect(change != .everything(root: root, cause: .unwatched(.unreadable(errno: EACCES))))
                return change == .file(root: root, path: "\(name)/y.ics", arrival: .written)
            }
        }
    }

    @Test(
        "So is what lies in a directory that may not be entered", .enabled(if: geteuid() != 0, "root enters all"))
    func unenteredDirectory() async throws {
        try directory.write("x", to: "in/deep/x.txt")
        unsafe chmod("\(root)/in", 0o400)
        defer { unsafe chmod("\(root)/in", 0o700) }
        var changes = try DirectoryChanges(of: [WatchedRoot(root)]).makeAsyncIterator()
        try await changes.wait(for: .everything(root: root, cause: .watched))
        unsafe chmod("\(root)/in", 0o700)
        try await changes.wait(for: .directory(root: root, path: "in"))
        try directory.write("x", to: "in/deep/x.ics")
        try await changes.wait(for: .file(root: root, path: "in/deep/x.ics", arrival: .written))
    }

    @Test("A directory that lies in two roots tells both")
    func nestedRoots() async throws {
        try directory.write("x", to: "hr/a.txt")
        let inner = "\(root)/hr"
        var changes = try DirectoryChanges(of: [WatchedRoot(root), WatchedRoot(inner)]).makeAsyncIterator()
        try await changes.wait(for: .everything(root: inner, cause: .watched))
        try directory.write("x", to: "hr/a.ics")
        var missing: Set<DirectoryChange> = [
            .file(root: root, path: "hr/a.ics", arrival: .written),
            .file(root: inner, path: "a.ics", arrival: .written),
        ]
        while !missing.isEmpty {
            let told = try #require(await changes.next(isolation: nil))
            missing.subtract(told)
        }
    }

    @Test("A Kubernetes volume whose data are exchanged is looked at as a whole")
    func volume() async throws {
        for version in ["1", "2"] { try directory.write(version, to: "..\(version)/a.ics") }
        unsafe symlink("..1", "\(root)/..data")
        unsafe symlink("..data/a.ics", "\(root)/a.ics")
        var changes = try DirectoryChanges(of: [WatchedRoot(root)]).makeAsyncIterator()
        try await changes.wait(for: .everything(root: root, cause: .watched))
        unsafe symlink("..2", "\(root)/..data_tmp")
        unsafe rename("\(root)/..data_tmp", "\(root)/..data")
        #expect(await changes.next(isolation: nil) == [.everything(root: root, cause: .directories)])
    }

    @Test("One of two directories whose names are one to Unicode goes, and the other one stays watched")
    func spellings() async throws {
        let (gone, kept) = ("hr\u{E9}", "hre\u{301}")
        for name in [gone, kept] { try directory.write("x", to: "\(name)/deep/a.txt") }
        var changes = try DirectoryChanges(of: [WatchedRoot(root)]).makeAsyncIterator()
        try await changes.wait(for: .everything(root: root, cause: .watched))
        try FileManager.default.removeItem(atPath: "\(root)/\(gone)")
        try await changes.wait(for: .everything(root: root, cause: .directories))
        try directory.write("x", to: "\(kept)/deep/a.ics")
        try await changes.wait(for: .file(root: root, path: "\(kept)/deep/a.ics", arrival: .written))
    }

    @Test("Names that cannot be exports are not told")
    func foreignNames() async throws {
        var changes = try DirectoryChanges(of: [WatchedRoot(root)]).makeAsyncIterator()
        try await changes.wait(for: .everything(root: root, cause: .watched))
        for name in ["a.txt", ".b.ics", "c.ics.part", ".hidden/d.ics"] { try directory.write("x", to: name) }
        try directory.write("x", to: "last.ics")
        let told = try #require(await changes.next(isolation: nil))
        #expect(told == [.file(root: root, path: "last.ics", arrival: .written)])
    }

    @Test("The sequence ends when its task is cancelled")
    func cancellation() async throws {
        let changes = try DirectoryChanges(of: [WatchedRoot(root)])
        let (started, start) = AsyncStream.makeStream(of: Void.self)
        await withTaskGroup { group in
            group.addTask {
                for await _ in changes { start.yield() }
            }
            for await _ in started { break }
            group.cancelAll()
        }
    }

    @Test("A sequence that is let go of ends its thread and gives its descriptors back")
    func noLeak() async throws {
        // Were they kept, the user's inotify instances would run out (128 by default).
        let text = FileManager.default.contents(atPath: "/proc/sys/fs/inotify/max_user_instances") ?? Data()
        let limit = Int(String(decoding: text, as: UTF8.self).filter(\.isNumber)) ?? 128
        for _ in 0..<min(2 * limit, 500) {
            var changes = try DirectoryChanges(of: [WatchedRoot(root)]).makeAsyncIterator()
            try await changes.wait(for: .everything(root: root, cause: .watched))
        }
    }

    private func expect(_ change: DirectoryChange, after act: () throws -> Void) async throws {
        var changes = try DirectoryChanges(of: [WatchedRoot(root)]).makeAsyncIterator()
        let first = try #require(await changes.next(isolation: nil))
        guard !first.contains(change) else { return }
        try act()
        try await changes.wait(for: change)
    }

    enum Act: CaseIterable {
        case written, linked, touched, removed

        func perform(in directory: TemporaryDirectory) throws {
            switch self {
            case .written: try directory.write("xy", to: "old.ics")
            case .linked: unsafe link("\(directory.path)/old.ics", "\(directory.path)/new.ics")
            case .touched: unsafe chmod("\(directory.path)/old.ics", 0o640)
            case .removed: unsafe unlink("\(directory.path)/old.ics")
            }
        }
    }
}

extension DirectoryChanges.Iterator {
    /// Takes changes until one is `expected`; the suite's time limit ends a wait in vain.
    mutating func wait(for expected: DirectoryChange) async throws {
        try await wait { $0 == expected }
    }

    mutating func wait(until isExpected: (DirectoryChange) -> Bool) async throws {
        while true {
            let changes = try #require(await next(isolation: nil), "the sequence ended")
            if changes.contains(where: isExpected) { return }
        }
    }
}
