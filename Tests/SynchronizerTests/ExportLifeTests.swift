import DirectoryWatch
import Foundation
import Glibc
import ReservationStore
import Synchronization
import TestSupport
import Testing

@testable import Synchronizer

/// What becomes of what is served while exports come, change and go (design: ingest).
@Suite("Exports that come, change and go")
struct ExportLifeTests {
    @Test("A renamed export is served as soon as it has stood still, a written one a second later")
    func settles() async throws {
        var steps = try Steps()
        await steps.wait(.seconds(1))
        try steps.exports.write(export(("a", 10)), to: "a.ics")
        await steps.wait(.milliseconds(190), hints: [steps.renamed("a.ics")])
        #expect(try await steps.granted() == [])
        await steps.wait(.milliseconds(20))
        #expect(try await steps.granted() == ["a"])

        try steps.exports.write(export(("b", 12)), to: "b.ics")
        await steps.wait(
            .milliseconds(900), hints: [.file(root: steps.exports.path, path: "b.ics", arrival: .written)])
        #expect(try await steps.granted() == ["a"])
        await steps.wait(.milliseconds(200))
        #expect(try await steps.granted() == ["a", "b"])
    }

    @Test("What a long look sees at its end must stand still from then on")
    func longLook() async throws {
        var steps = try Steps()
        steps.lookLength = .seconds(5)
        try steps.exports.write(export(("a", 10)), to: "a.ics")
        await steps.wait(.milliseconds(5_900))
        #expect(try await steps.granted() == [])
        await steps.wait(.milliseconds(200))
        #expect(try await steps.granted() == ["a"])
    }

    @Test("What has changed without a word when it is to be read must stand still anew")
    func changedBeforeReading() async throws {
        var steps = try Steps()
        try steps.exports.write(export(("a", 10)), to: "a.ics")
        await steps.wait(.milliseconds(500))
        try steps.exports.write(export(("other", 12)), to: "a.ics")
        await steps.wait(.milliseconds(1_400))
        #expect(try await steps.granted() == [])
        await steps.wait(.milliseconds(200))
        #expect(try await steps.granted() == ["other"])
    }

    @Test("An export that is cut off changes nothing, and is reported after ten minutes")
    func truncated() async throws {
        var steps = try Steps()
        try steps.exports.write(export(("a", 10)), to: "a.ics")
        await steps.wait(.seconds(2))
        try steps.exports.write(String(export(("b", 12)).dropLast(20)), to: "a.ics")
        await steps.wait(.seconds(300), hints: [steps.renamed("a.ics")])
        #expect(try await steps.granted() == ["a"])
        #expect(try !steps.report("hr/a.ics.report.json").contains("SRC003"))
        await steps.wait(.seconds(310))
        #expect(try await steps.granted() == ["a"])
        #expect(try steps.report("hr/a.ics.report.json").contains("SRC003"))

        try steps.exports.write(export(("b", 12)), to: "a.ics")
        await steps.wait(.seconds(2), hints: [steps.renamed("a.ics")])
        #expect(try await steps.granted() == ["b"])
    }

    @Test("An export that does not come to rest for ten minutes is told (SRC004), and read when it does")
    func restless() async throws {
        var steps = try Steps()
        for number in 0..<680 {
            try steps.exports.write(export(("u\(number)", 10)), to: "a.ics")
            await steps.wait(
                .milliseconds(900), hints: [.file(root: steps.exports.path, path: "a.ics", arrival: .written)])
            if number == 660 { #expect(steps.logged.with("SRC004") == []) }
        }
        #expect(steps.logged.with("cannot use a file or directory SRC004").count == 1)
        #expect(try await steps.granted() == [])
        await steps.wait(.seconds(400))
        #expect(try await steps.granted() == ["u679"])
        #expect(try await steps.store.watchedDirectories().flatMap(\.faults) == [])
    }

    @Test("A removed export frees its slots after two scans that miss it, and not before")
    func removed() async throws {
        var steps = try Steps()
        try steps.exports.write(export(("a", 10)), to: "a.ics")
        await steps.wait(.seconds(2))
        try FileManager.default.removeItem(at: steps.exports.url.appending(path: "a.ics"))
        await steps.wait(.seconds(9), hints: [steps.renamed("a.ics")])
        #expect(try await steps.granted() == ["a"])
        await steps.wait(.seconds(3))
        #expect(try await steps.granted() == [])
        #expect(throws: CocoaError.self) { try steps.report("hr/a.ics.report.json") }
    }

    @Test("An export that comes back between the two scans was never gone")
    func back() async throws {
        var steps = try Steps()
        try steps.exports.write(export(("a", 10)), to: "a.ics")
        await steps.wait(.seconds(2))
        try FileManager.default.removeItem(at: steps.exports.url.appending(path: "a.ics"))
        await steps.wait(.seconds(5), hints: [steps.renamed("a.ics")])
        try steps.exports.write(export(("a", 10)), to: "a.ics")
        await steps.wait(.seconds(60))
        #expect(try await steps.granted() == ["a"])
    }

    @Test("Beside a directory that is not read to its end exports are removed, and in it none, by scans far apart")
    func removedBesideGap() async throws {
        var limits = WatchedRoot.Limits()
        limits.entries = 3
        var steps = try Steps(limits: limits)
        for (number, path) in ["a.ics", "it/b.ics", "it/c.ics"].enumerated() {
            try steps.exports.write(export((path, 10 + number)), to: path)
        }
        await steps.wait(.seconds(2))
        #expect(try await steps.granted() == ["a.ics", "it/b.ics", "it/c.ics"])

        for path in ["a.ics", "it/b.ics"] {
            try FileManager.default.removeItem(at: steps.exports.url.appending(path: path))
        }
        for number in 1...3 { try steps.exports.write("", to: "it/\(number).ics") }
        await steps.wait(.seconds(9), hints: [steps.renamed("a.ics")])
        #expect(try await steps.granted() == ["a.ics", "it/b.ics", "it/c.ics"])
        await steps.wait(.seconds(3))
        #expect(try await steps.granted() == ["it/b.ics", "it/c.ics"])
        await steps.wait(.seconds(3_000))
        #expect(try await steps.granted() == ["it/b.ics", "it/c.ics"])

        for number in 1...3 {
            try FileManager.default.removeItem(at: steps.exports.url.appending(path: "it/\(number).ics"))
        }
        await steps.wait(.seconds(9), hints: [steps.renamed("it/1.ics")])
        #expect(try await steps.granted() == ["it/b.ics", "it/c.ics"])
        await steps.wait(.seconds(3))
        #expect(try await steps.granted() == ["it/c.ics"])
    }

    @Test("A directory that is moved out, with a link in its place, frees nothing; one below the root is read there")
    func linked() async throws {
        var steps = try Steps()
        for (number, path) in ["out/a.ics", "in/deep/b.ics"].enumerated() {
            try steps.exports.write(export((path, 10 + number)), to: path)
        }
        await steps.wait(.seconds(2))
        for (name, place) in [("out", "\(steps.state.path)/out"), ("in", "\(steps.exports.path)/it")] {
            try FileManager.default.moveItem(atPath: "\(steps.exports.path)/\(name)", toPath: place)
            try FileManager.default.createSymbolicLink(
                atPath: "\(steps.exports.path)/\(name)", withDestinationPath: place)
        }
        await steps.wait(.seconds(1_000), hints: [steps.directoriesChanged])
        #expect(try await steps.granted() == ["in/deep/b.ics", "out/a.ics"])
        #expect(steps.logged.with("cannot use a file or directory SRC011 out").count == 1)
        let paths = try await steps.store.exports().filter { !$0.isMissing }.map(\.name.path)
        #expect(paths.sorted() == ["it/deep/b.ics", "out/a.ics"])

        try FileManager.default.removeItem(atPath: "\(steps.exports.path)/out")
        await steps.wait(.seconds(12), hints: [steps.directoriesChanged])
        #expect(try await steps.granted() == ["in/deep/b.ics"])
    }

    @Test("An export with a directory in its place is removed as any other; beside a FIFO what it had stays")
    func replaced() async throws {
        var steps = try Steps()
        for (number, name) in ["a", "b"].enumerated() {
            try steps.exports.write(export((name, 10 + number)), to: "\(name).ics")
        }
        await steps.wait(.seconds(2))
        for name in ["a", "b"] { try FileManager.default.removeItem(atPath: "\(steps.exports.path)/\(name).ics") }
        try steps.exports.write("", to: "a.ics/notes.txt")
        try #require(unsafe mkfifo("\(steps.exports.path)/b.ics", 0o600) == 0)
        let heard = ["a.ics", "b.ics"].map { steps.renamed($0) }
        await steps.wait(.seconds(9), hints: heard)
        #expect(try await steps.granted() == ["a", "b"])
        await steps.wait(.seconds(3))
        #expect(try await steps.granted() == ["b"])
        for _ in 0..<3 { await steps.wait(.seconds(200), hints: [steps.renamed("b.ics")]) }
        #expect(try await steps.granted() == ["b"])
        #expect(steps.logged.with("SRC011").map { $0.contains("SRC011 b.ics") } == [true])
    }

    @Test(
        "A file whose name is an export's to Unicode, and not to the disk, does not take its place, and is told",
        arguments: [("\u{E9}", "e\u{301}"), ("e\u{301}", "\u{E9}")], [false, true])
    func spelling(letters: (first: String, second: String), isDirectory: Bool) async throws {
        var steps = try Steps()
        let (first, second) = ("hr/caf\(letters.first).ics", "hr/caf\(letters.second).ics")
        try steps.exports.write(export(("first", 10)), to: first)
        await steps.wait(.seconds(5))
        try steps.exports.write(export(("second", 12)), to: second)
        await steps.wait(.seconds(400), hints: [isDirectory ? steps.appeared("hr") : steps.renamed(second)])
        #expect(try await steps.granted() == ["first"])
        #expect(steps.logged.with("cannot use a file or directory SRC011").count == 1)

        // What is heard of the first one is taken in as ever, and the end of the second is not that of the first.
        try steps.exports.write(export(("new", 14)), to: first)
        await steps.wait(.seconds(2), hints: [steps.renamed(first)])
        #expect(try await steps.granted() == ["new"])
        try FileManager.default.removeItem(atPath: "\(steps.exports.path)/\(second)")
        await steps.wait(.seconds(400), hints: [steps.renamed(second)])
        #expect(try await steps.granted() == ["new"])
    }

    @Test("A drop box that is emptied keeps what was in it")
    func dropBox() async throws {
        var steps = try Steps(onRemoval: .keep)
        try steps.exports.write(export(("a", 10)), to: "a.ics")
        await steps.wait(.seconds(2))
        try FileManager.default.removeItem(at: steps.exports.url.appending(path: "a.ics"))
        await steps.wait(.seconds(1_000), hints: [steps.renamed("a.ics")])
        #expect(try await steps.granted() == ["a"])
    }

    @Test("A directory that is gone frees nothing, is told once, and is used again when it is back")
    func rootGone() async throws {
        var steps = try Steps()
        try steps.exports.write(export(("a", 10)), to: "a.ics")
        await steps.wait(.seconds(2))
        let aside = steps.exports.url.deletingLastPathComponent().appending(path: "aside-\(UUID().uuidString)")
        try FileManager.default.moveItem(at: steps.exports.url, to: aside)
        await steps.wait(.seconds(3_000))
        #expect(try await steps.granted() == ["a"])
        #expect(steps.logged.with("cannot use a file or directory").count == 1)
        try FileManager.default.moveItem(at: aside, to: steps.exports.url)
        try steps.exports.write(export(("b", 12)), to: "b.ics")
        await steps.wait(.seconds(400))
        #expect(try await steps.granted() == ["a", "b"])
    }

    @Test("What another directory in its place does not have goes after three scans, soon")
    func otherRoot() async throws {
        var steps = try Steps()
        for uid in ["a", "b"] { try steps.exports.write(export((uid, uid == "a" ? 10 : 12)), to: "\(uid).ics") }
        await steps.wait(.seconds(2))
        let aside = steps.exports.url.deletingLastPathComponent().appending(path: "aside-\(UUID().uuidString)")
        try FileManager.default.moveItem(at: steps.exports.url, to: aside)
        try steps.exports.write(export(("a", 10)), to: "a.ics")
        await steps.wait(.seconds(15), hints: [.everything(root: steps.exports.path, cause: .rootLost)])
        #expect(try await steps.granted() == ["a", "b"])
        await steps.wait(.seconds(10))
        #expect(try await steps.granted() == ["a"])
    }

    @Test("Why there are no events is told once, however often it is tried")
    func unwatchedOnce() async throws {
        var steps = try Steps()
        let unwatched = DirectoryChange.everything(
            root: steps.exports.path, cause: .unwatched(.unreadable(errno: 24)))
        for _ in 0..<3 { await steps.wait(.seconds(60), hints: [unwatched]) }
        #expect(steps.logged.with("no events for a directory").count == 1)
        await steps.wait(.zero, hints: [.everything(root: steps.exports.path, cause: .watched)])
        await steps.wait(.seconds(60), hints: [unwatched])
        #expect(steps.logged.with("no events for a directory").count == 2)
    }

    @Test("A directory without events is scanned every ten seconds, until events come again")
    func unwatched() async throws {
        var steps = try Steps()
        await steps.wait(.seconds(1))
        let root = steps.exports.path
        await steps.wait(.zero, hints: [.everything(root: root, cause: .unwatched(.unreadable(errno: 28)))])
        try steps.exports.write(export(("a", 10)), to: "a.ics")
        await steps.wait(.seconds(14))
        #expect(try await steps.granted() == ["a"])

        await steps.wait(.zero, hints: [.everything(root: root, cause: .watched)])
        try steps.exports.write(export(("b", 12)), to: "b.ics")
        await steps.wait(.seconds(200))
        #expect(try await steps.granted() == ["a"])
        await steps.wait(.seconds(200))
        #expect(try await steps.granted() == ["a", "b"])
    }

    @Test("What is heard while the store does not answer is looked at when it does")
    func heardMeanwhile() async throws {
        let store = try ReservationStore.inMemory()
        var steps = try Steps(store: store)
        try steps.exports.write(export(("a", 10)), to: "a.ics")
        await steps.wait(.seconds(5))
        try await store.refusePasses(true)
        try steps.exports.write(export(("b", 12)), to: "b.ics")
        await steps.wait(.seconds(2), hints: [steps.renamed("b.ics")])
        // Not even what is watched can be told.
        try await store.hideWatched(true)
        try steps.exports.write(export(("c", 14)), to: "c.ics")
        await steps.wait(.seconds(5), hints: [steps.renamed("c.ics")])
        try await store.hideWatched(false)
        try await store.refusePasses(false)
        await steps.wait(.seconds(5))
        #expect(try await steps.granted() == ["a", "b", "c"])
    }

    @Test("Content that is taken back before the store could take it is never served")
    func takenBack() async throws {
        let store = try ReservationStore.inMemory()
        var steps = try Steps(store: store)
        try steps.exports.write(export(("a", 10)), to: "a.ics")
        await steps.wait(.seconds(2))
        try await store.refusePasses(true)
        try steps.exports.write(export(("b", 12)), to: "a.ics")
        await steps.wait(.seconds(2), hints: [steps.renamed("a.ics")])
        #expect(!steps.logged.with("the store does not answer").isEmpty)
        try steps.exports.write(export(("a", 10)), to: "a.ics")
        await steps.wait(.seconds(1), hints: [steps.renamed("a.ics")])
        try await store.refusePasses(false)
        await steps.wait(.seconds(5))
        #expect(try await steps.granted() == ["a"])
    }

    @Test("The sender finds a copy of the report, and it goes with the export")
    func copies() async throws {
        var steps = try Steps { ["hr": $0.path + "/answers"] }
        try steps.exports.write(export(("a", 10)), to: "team/a.ics")
        await steps.wait(.seconds(2))
        #expect(try steps.report("answers/team/a.ics.report.json") == steps.report("hr/team/a.ics.report.json"))
        #expect(try steps.report("answers/team/a.ics.report.csv").contains("granted"))
        try FileManager.default.removeItem(at: steps.exports.url.appending(path: "team/a.ics"))
        await steps.wait(.seconds(400))
        #expect(throws: CocoaError.self) { try steps.report("answers/team/a.ics.report.json") }
    }

    @Test("The horizon moves at midnight, UTC")
    func midnight() async throws {
        var steps = try Steps()
        let daily = export(("a", 10)).replacing("DURATION:PT1H", with: "DURATION:PT1H\nRRULE:FREQ=DAILY")
        try steps.exports.write(daily, to: "a.ics")
        await steps.wait(.seconds(2))
        let before = try await steps.granted().count
        await steps.wait(.seconds(2), days: 1)
        #expect(try await steps.granted().count == before + 1)
    }
}
