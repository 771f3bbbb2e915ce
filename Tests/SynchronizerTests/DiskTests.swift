import Diagnostics
import DirectoryWatch
import Foundation
import GRDB
import Glibc
import Reservations
import TestSupport
import Testing

@testable import ReservationStore
@testable import Synchronizer

@Suite("A disk that is not mounted frees no room")
struct DiskTests {
    @Test(
        "What is away is told by the disks that are there",
        arguments: [
            // Noted, present, directories; away, noted anew.
            (["a": 1, "b": 1], [:], [2], ["a", "b"], [:]),
            (["a": 1, "b": 1], [:], [1], [], [:]),
            (["a": 1, "b": 1], ["a": 1], [1], [], [:]),
            (["a": 1, "x/b": 2], ["a": 1], [1], ["x/b"], [:]),
            (["a": 1, "x/b": 2], ["a": 1], [1, 2], [], [:]),
            // Mounted again under another number, with most of what it had or without.
            (["a": 1, "b": 1, "c": 1], ["a": 3, "b": 3], [3], [], ["a": 3, "b": 3, "c": 3]),
            (["a": 1, "b": 1], ["a": 3], [3], ["b"], ["a": 3]),
            (["a": 1, "b": 1, "c": 1, "d": 1], ["a": 3, "b": 4], [3, 4], ["c", "d"], ["a": 3, "b": 4]),
            (["a": 1, "b": 2], ["a": 2, "b": 1], [1, 2], [], ["a": 2, "b": 1]),
            // Another one has its number.
            (["x/a": 1, "y/b": 2], ["y/b": 1], [0, 1], ["x/a"], ["y/b": 1]),
            (["a": 1, "b": 2], ["a": 3], [3], ["b"], ["a": 3]),
            (["a": 1, "b": 1], ["a": 3], [1, 3], [], ["a": 3]),
            // Never noted.
            (["a": nil, "b": nil], ["a": 1], [1], [], ["a": 1]),
            (["a": nil], [:], [2], [], [:]),
        ] as [([String: UInt64?], [String: UInt64], Set<UInt64>, Set<String>, [String: UInt64])]
    )
    func table(
        noted: [String: UInt64?], present: [String: UInt64], directories: Set<UInt64>, away: Set<String>,
        moved: [String: UInt64]
    ) {
        let disks = ExportDisks(noted, present: present, directories: directories)
        #expect(disks.away == away)
        #expect(disks.moved == moved)
    }

    @Test(
        "What nobody can see is neither away nor found; it may be most of its disk",
        arguments: [
            // Present; away, noted anew: `a` is away unless its disk is there, `x/` is hidden.
            ([:], [2], ["a"], [:]),
            ([:], [1, 2], [], [:]),
            (["b": 1], [1], [], [:]),
            (["b": 3], [3], ["a"], ["b": 3]),
            (["b": 3, "c": 3], [3], ["a"], ["b": 3, "c": 3]),
            (["b": 3, "c": 3, "d": 3], [3], [], ["a": 3, "b": 3, "c": 3, "d": 3]),
        ] as [([String: UInt64], Set<UInt64>, Set<String>, [String: UInt64])])
    func hidden(present: [String: UInt64], directories: Set<UInt64>, away: Set<String>, moved: [String: UInt64]) {
        let noted = Dictionary(uniqueKeysWithValues: (["a", "x/y"] + present.keys).map { ($0, UInt64?(1)) })
        let disks = ExportDisks(noted, present: present, directories: directories, hidden: ["x/y"])
        #expect(disks.away == away)
        #expect(disks.moved == moved)
    }

    @Test("Beside a directory that is not read to its end a disk that is away is told, and what was told of it stays")
    func besideGap() async throws {
        var before = try Steps()
        for (number, path) in ["a.ics", "it/b.ics", "it/c.ics"].enumerated() {
            try before.exports.write(export((path, 10 + number)), to: path)
        }
        await before.wait(.seconds(2))
        // Of no disk.
        try await before.store.database.write { db in
            try db.execute(sql: "UPDATE export SET device = 0")
            try db.execute(sql: "UPDATE export SET disk = 1 WHERE path = 'it/b.ics'")
        }

        var limits = WatchedRoot.Limits()
        limits.entries = 3
        var after = try Steps(store: before.store, limits: limits)
        try await after.takePlace()
        for number in 0..<4 { try after.exports.write("", to: "it/\(number).ics") }
        await after.wait(.seconds(2_000))
        #expect(try await after.granted() == ["a.ics", "it/b.ics", "it/c.ics"])
        #expect(try await away(after).map(\.name.path) == ["a.ics", "it/b.ics"])
        #expect(after.logged.with("the disk with 1 of its exports is not there").count == 1)
        try FileManager.default.removeItem(at: after.exports.url.appending(path: "it"))
        await after.wait(.seconds(2_000))
        #expect(try await after.granted() == ["a.ics", "it/b.ics", "it/c.ics"])
        #expect(try await away(after).map(\.name.path) == ["a.ics", "it/b.ics", "it/c.ics"])
    }

    @Test("Its exports stay while it is away, and it is told; what was removed from it goes", .enabled(if: hasTwoDisks))
    func unmounted() async throws {
        let disk = try Disk()
        var steps = try Steps()
        try disk.mount(at: steps.exports.url)
        try steps.exports.write(export(("a", 10)), to: "a.ics")
        try steps.exports.write(export(("b", 12)), to: "b.ics")
        await steps.wait(.seconds(2))
        #expect(try await steps.granted() == ["a", "b"])

        try disk.unmount(from: steps.exports.url)
        await steps.wait(.seconds(3_000))
        #expect(try await steps.granted() == ["a", "b"])
        #expect(try await faults(steps).first?.contains("the disk with 2 of its exports is not there") == true)
        #expect(steps.logged.with("cannot use a file or directory").count == 1)

        try FileManager.default.removeItem(at: disk.url.appending(path: "b.ics"))
        try disk.mount(at: steps.exports.url)
        await steps.wait(.seconds(800))
        #expect(try await steps.granted() == ["a"])
        #expect(try await faults(steps) == [])
    }

    @Test("What is mounted from elsewhere on the same disk is a disk of its own", .enabled(if: canMount))
    func bound() async throws {
        let real = try TemporaryDirectory()
        var steps = try Steps()
        #expect(unsafe mount(real.path, steps.exports.path, nil, UInt(MS_BIND), nil) == 0)
        try steps.exports.write(export(("a", 10)), to: "a.ics")
        try steps.exports.write(export(("b", 12)), to: "b.ics")
        await steps.wait(.seconds(2))
        #expect(unsafe umount2(steps.exports.path, Int32(MNT_DETACH)) == 0)
        await steps.wait(.seconds(3_000))
        #expect(try await steps.granted() == ["a", "b"])
        #expect(try await faults(steps).first?.contains("the disk with 2 of its exports is not there") == true)

        try FileManager.default.removeItem(at: real.url.appending(path: "b.ics"))
        #expect(unsafe mount(real.path, steps.exports.path, nil, UInt(MS_BIND), nil) == 0)
        await steps.wait(.seconds(800))
        #expect(unsafe umount2(steps.exports.path, Int32(MNT_DETACH)) == 0)
        #expect(try await steps.granted() == ["a"])
    }

    @Test(
        "An export lies on the disk of its directory, or of the nearest that is known",
        arguments: [("a.ics", 1), ("hr/b.ics", 2), ("hr/new/c.ics", 2), ("hr/deep/d.ics", 3), ("hr-2/e.ics", 1)])
    func nearest(path: String, disk: UInt64) {
        #expect(DirectoryDisks(["": 1, "hr": 2, "hr/deep": 3]).holding(path) == disk)
        #expect(DirectoryDisks([:]).holding(path) == nil)
    }

    @Test("Events are relied on while it is away, and when it is back", .enabled(if: hasTwoDisks))
    func scans() async throws {
        let disk = try Disk()
        var steps = try Steps()
        let isWatched = DirectoryChange.everything(root: steps.exports.path, cause: .watched)
        try disk.mount(at: steps.exports.url)
        try steps.exports.write(export(("a", 10)), to: "a.ics")
        await steps.wait(.seconds(2))
        for (hour, isBack) in [(11, false), (12, true)] {
            if isBack { try disk.mount(at: steps.exports.url) } else { try disk.unmount(from: steps.exports.url) }
            await steps.wait(.seconds(20), hints: [isWatched])
            try steps.exports.write(export(("u\(hour)", hour)), to: "\(hour).ics")
            await steps.wait(.seconds(100))
            #expect(try await !steps.granted().contains("u\(hour)"))
            await steps.wait(.seconds(1), hints: [steps.renamed("\(hour).ics")])
            #expect(try await steps.granted().contains("u\(hour)"))
        }
    }

    @Test("What somebody writes into the place of a disk frees nothing of it", .enabled(if: hasTwoDisks))
    func writtenBeneath() async throws {
        let disk = try Disk()
        var steps = try Steps()
        try disk.mount(at: steps.exports.url)
        for (number, uid) in ["a", "b", "c"].enumerated() {
            try steps.exports.write(export((uid, 10 + number)), to: "\(uid).ics")
        }
        await steps.wait(.seconds(2))
        try disk.unmount(from: steps.exports.url)
        await steps.wait(.seconds(400))
        try steps.exports.write(export(("a", 10)), to: "a.ics")
        await steps.wait(.seconds(1_000))
        #expect(try await steps.granted() == ["a", "b", "c"])
        #expect(try await faults(steps).first?.contains("the disk with 2 of its exports is not there") == true)
    }

    @Test("Of a source whose directory is another one now it is not known where its exports lay")
    func otherDirectory() async throws {
        var steps = try Steps()
        try steps.exports.write(export(("a", 10)), to: "a.ics")
        await steps.wait(.seconds(2))
        #expect(try await steps.store.exports().contains { $0.device != nil })
        try await steps.store.noteWatched(["hr": "/elsewhere"])
        #expect(try await steps.store.exports().map(\.device) == [nil])
    }

    @Test("So they do where it is away at the start, unless the source may be empty", .enabled(if: hasTwoDisks))
    func start() async throws {
        let disk = try Disk()
        var before = try Steps()
        try disk.mount(at: before.exports.url)
        try before.exports.write(export(("a", 10)), to: "a.ics")
        await before.wait(.seconds(2))

        // In a directory of its own, which is to be the same one to the store.
        var after = try Steps(store: before.store)
        try await after.takePlace()
        await after.wait(.seconds(600))
        #expect(try await after.granted() == ["a"])
        #expect(try await faults(after).count == 1)

        var allowing = try Steps(allowsEmpty: true, store: before.store)
        try await allowing.takePlace()
        await allowing.wait(.seconds(600))
        #expect(try await allowing.granted() == [])
    }

    @Test("Its number is noted anew when its exports are found under another one", .enabled(if: hasTwoDisks))
    func numberChanged() async throws {
        let disk = try Disk()
        var steps = try Steps()
        try steps.exports.write(export(("a", 10)), to: "a.ics")
        await steps.wait(.seconds(2))
        let first = try await steps.store.exports().map(\.device)
        try FileManager.default.copyItem(
            at: steps.exports.url.appending(path: "a.ics"), to: disk.url.appending(path: "a.ics"))
        try disk.mount(at: steps.exports.url)
        await steps.wait(.seconds(400))
        let second = try await steps.store.exports().map(\.device)
        #expect(first.count == 1 && second.count == 1 && first != second && !second.contains(nil))
    }

    @Test("Exports are let go of by one word and past the guard: those that were shown", .enabled(if: hasTwoDisks))
    func letGo() async throws {
        let disk = try Disk()
        var steps = try Steps()
        try disk.mount(at: steps.exports.url)
        for hour in 10..<23 { try steps.exports.write(export(("u\(hour)", hour)), to: "\(hour).ics") }
        await steps.wait(.seconds(2))
        #expect(try await away(steps) == [])
        try disk.unmount(from: steps.exports.url)
        await steps.wait(.seconds(400))
        let shown = try await away(steps)
        #expect(shown.map(\.name.path) == (10..<23).map { "\($0).ics" })
        #expect(shown.allSatisfy { $0.future == 1 && !$0.isLetGo })
        #expect(try await steps.store.state(ofSource: "hr", at: noon).away == 13)

        try await steps.store.letGo(shown.dropLast())
        #expect(try await away(steps).map(\.isLetGo) == Array(repeating: true, count: 12) + [false])
        await steps.wait(.seconds(4))
        #expect(try await steps.granted() == ["u22"])
        #expect(try await steps.store.held(ofSource: "hr") == [])
        #expect(try await away(steps) == shown.suffix(1))
        #expect(try await faults(steps).first?.contains("the disk with 1 of its exports is not there") == true)
        await steps.wait(.seconds(1_000))
        #expect(try await steps.granted() == ["u22"])
    }

    @Test(
        "What is back before its removal stays, and so is let go of only once it is away again",
        .enabled(if: hasTwoDisks))
    func backInTime() async throws {
        let disk = try Disk()
        var steps = try Steps()
        try disk.mount(at: steps.exports.url)
        try steps.exports.write(export(("a", 10)), to: "a.ics")
        await steps.wait(.seconds(2))
        for _ in 0..<2 {
            try disk.unmount(from: steps.exports.url)
            await steps.wait(.seconds(400))
            #expect(try await away(steps).map(\.isLetGo) == [false])
            try await steps.store.letGo(try await away(steps))
            try disk.mount(at: steps.exports.url)
            await steps.wait(.seconds(400))
            #expect(try await away(steps) == [])
            #expect(try await steps.granted() == ["a"])
        }
    }

    @Test("A drop box lets them go too, and so does whoever starts later", .enabled(if: hasTwoDisks))
    func letGoAtStart() async throws {
        let disk = try Disk()
        var before = try Steps(onRemoval: .keep)
        try disk.mount(at: before.exports.url)
        try before.exports.write(export(("a", 10)), to: "a.ics")
        await before.wait(.seconds(2))
        try disk.unmount(from: before.exports.url)
        await before.wait(.seconds(400))
        try await before.store.letGo(try await away(before))

        var after = try Steps(onRemoval: .keep, store: before.store)
        try await after.takePlace()
        await after.wait(.seconds(2))
        #expect(try await after.granted() == [])
        #expect(after.logged.with("exports whose disk is gone are let go of").count == 1)
    }

    private func away(_ steps: Steps) async throws -> [AwayExport] {
        try await steps.store.away(ofSource: "hr", at: noon)
    }

    private func faults(_ steps: Steps) async throws -> [String] {
        try await steps.store.watchedDirectories().flatMap(\.faults).map(\.message)
    }
}

extension Steps {
    /// Lets the store believe that its directory has always been this one.
    fileprivate func takePlace() async throws {
        try await store.database.write { [path = exports.path] db in
            try db.execute(sql: "UPDATE watched SET directory = ?", arguments: [path])
        }
    }
}

/// A directory on another disk than that of temporary files, which stands in for a mounted one by a link.
private struct Disk: ~Copyable {
    static let parent = URL(fileURLWithPath: "/dev/shm")
    let url: URL

    init() throws {
        url = Self.parent.appending(path: "bookwatch-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
    }

    func mount(at place: URL) throws {
        try FileManager.default.removeItem(at: place)
        try FileManager.default.createSymbolicLink(at: place, withDestinationURL: url)
    }

    /// As after a real one, an empty directory is left.
    func unmount(from place: URL) throws {
        try FileManager.default.removeItem(at: place)
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: false)
    }

    deinit {
        // A directory of a test that is left behind is no failure of it.
        try? FileManager.default.removeItem(at: url)
    }
}

private let hasTwoDisks: Bool = {
    func device(_ url: URL) -> Int? {
        (try? FileManager.default.attributesOfItem(atPath: url.path))?[.systemNumber] as? Int
    }
    let (other, own) = (device(Disk.parent), device(FileManager.default.temporaryDirectory))
    return other != nil && own != nil && other != own
}()

/// Whether this user may mount one directory onto another.
private let canMount: Bool = {
    do {
        let directory = try TemporaryDirectory()
        guard unsafe mount(directory.path, directory.path, nil, UInt(MS_BIND), nil) == 0 else { return false }
        return unsafe umount2(directory.path, Int32(MNT_DETACH)) == 0
    } catch {
        return false
    }
}()
