import DirectoryWatch
import Foundation
import Glibc
import TestSupport
import Testing

@testable import Synchronizer

/// What only a scan of the whole source finds, since nobody tells of it, tells whether there was one.
@Suite("A directory that is new costs a look at that one only")
struct NewDirectoryTests {
    /// With an export `a` in its pass, and `quiet`, of which nobody has told, beside it; it is not scanned soon.
    private func steps(limits: WatchedRoot.Limits = WatchedRoot.Limits()) async throws -> Steps {
        var steps = try Steps(limits: limits)
        try steps.exports.write(export(("a", 10)), to: "a.ics")
        await steps.wait(.seconds(2))
        try steps.exports.write(export(("quiet", 11)), to: "quiet.ics")
        return steps
    }

    @Test("What it holds is read when it has stood still for a second, and nothing else is looked at")
    func reads() async throws {
        var steps = try await steps()
        try steps.exports.write(export(("b", 12)), to: "hr/b.ics")
        try steps.exports.write(export(("c", 13)), to: "hr/deep/c.ics")
        await steps.wait(.milliseconds(900), hints: [steps.appeared("hr")])
        #expect(try await steps.granted() == ["a"])
        await steps.wait(.milliseconds(200))
        #expect(try await steps.granted() == ["a", "b", "c"])
        await steps.wait(.seconds(400))
        #expect(try await steps.granted() == ["a", "b", "c", "quiet"])
    }

    @Test(
        "Many hints about one count as one, and so do those about directories in it",
        arguments: [
            (["hr", "hr", "hr/deep", "hr/deep/er"], 1), (["hr/deep", "it"], 2), (["hr", "hr-2"], 2), (["none"], 1),
        ])
    func once(directories: [String], looks: Int) async throws {
        var steps = try await steps()
        for path in ["hr/deep/er", "hr-2", "it"] { try steps.exports.write("", to: "\(path)/a.txt") }
        await steps.wait(.seconds(2), hints: directories.map { steps.appeared($0) })
        #expect(steps.logged.with("looking at a directory").count == looks)
        #expect(try await steps.granted() == ["a"])
    }

    @Test("Nothing is looked at twice where the whole source is to be scanned", arguments: [true, false])
    func everything(isFirst: Bool) async throws {
        var steps = try await steps()
        try steps.exports.write(export(("b", 12)), to: "hr/b.ics")
        let hints = [steps.appeared("hr"), steps.directoriesChanged]
        await steps.wait(.seconds(2), hints: isFirst ? hints.reversed() : hints)
        #expect(steps.logged.with("looking at a directory").isEmpty)
        #expect(try await steps.granted() == ["a", "b", "quiet"])
    }

    @Test(
        "What cannot be used there is told by a scan of the whole source, and so is it when it can again",
        arguments: [
            (Obstacle.pipe, "hr"), (.depth, "hr"), (.depth, "hr/deep/er"), (.count, "hr"), (.count, "hr/many"),
        ])
    func obstacle(obstacle: Obstacle, freed: String) async throws {
        var limits = WatchedRoot.Limits()
        limits.depth = 2
        limits.entries = 4
        var steps = try await steps(limits: limits)
        try steps.exports.write(export(("b", 12)), to: "hr/b.ics")
        try obstacle.put(in: steps.exports)
        await steps.wait(.seconds(2), hints: [steps.appeared("hr")])
        #expect(steps.logged.with("cannot use a file or directory").count == 1)
        #expect(try await steps.granted() == ["a", "b", "quiet"])
        #expect(try steps.report("index.json").contains(obstacle.trace))

        try FileManager.default.removeItem(at: steps.exports.url.appending(path: obstacle.place))
        await steps.wait(.seconds(15), hints: [steps.appeared(freed)])
        #expect(try !steps.report("index.json").contains(obstacle.trace))
    }

    @Test("Where something is wrong with the source itself, only a look at all of it tells that it is right again")
    func root() async throws {
        var limits = WatchedRoot.Limits()
        limits.entries = 3
        var steps = try await steps(limits: limits)
        for number in 0..<2 { try steps.exports.write("", to: "\(number).ics") }
        await steps.wait(.seconds(2), hints: [steps.directoriesChanged])
        #expect(try steps.report("index.json").contains("SRC005"))

        for number in 0..<2 { try FileManager.default.removeItem(atPath: "\(steps.exports.path)/\(number).ics") }
        try steps.exports.write("", to: "hr/a.txt")
        await steps.wait(.seconds(2), hints: [steps.appeared("hr")])
        #expect(try !steps.report("index.json").contains("SRC005"))
        #expect(steps.logged.with("looking at a directory").isEmpty)
    }

    @Test("It tells of nothing that has gone, neither there nor elsewhere")
    func absence() async throws {
        var steps = try await steps()
        try steps.exports.write(export(("b", 12)), to: "hr/b.ics")
        await steps.wait(.seconds(2), hints: [steps.appeared("hr")])
        for path in ["a.ics", "hr/b.ics"] {
            try FileManager.default.removeItem(at: steps.exports.url.appending(path: path))
        }
        for _ in 0..<5 { await steps.wait(.seconds(5), hints: [steps.appeared("hr")]) }
        #expect(try await steps.granted() == ["a", "b"])
        await steps.wait(.seconds(420))
        #expect(try await steps.granted() == ["quiet"])
    }

    @Test("An export that was seen in it between two scans that miss it was never gone")
    func back() async throws {
        var steps = try await steps()
        let file = steps.exports.url.appending(path: "hr/b.ics")
        try steps.exports.write(export(("b", 12)), to: "hr/b.ics")
        await steps.wait(.seconds(2), hints: [steps.appeared("hr")])
        try FileManager.default.removeItem(at: file)
        await steps.wait(.seconds(5), hints: [steps.directoriesChanged])
        try steps.exports.write(export(("b", 12)), to: "hr/b.ics")
        await steps.wait(.seconds(2), hints: [steps.appeared("hr")])
        try FileManager.default.removeItem(at: file)
        await steps.wait(.seconds(9))
        #expect(try await steps.granted().contains("b"))
        await steps.wait(.seconds(10))
        #expect(try await !steps.granted().contains("b"))
    }

    /// What stands in the way of a directory that is looked at.
    enum Obstacle: Sendable {
        case pipe, depth, count

        /// In what it is removed with.
        var place: String {
            switch self {
            case .pipe: "hr/pipe.ics"
            case .depth: "hr/deep/er"
            case .count: "hr/many"
            }
        }

        /// What the index of the reports has of it: the name of an export, or the code of a fault.
        var trace: String {
            switch self {
            case .pipe: "hr/pipe.ics"
            case .depth: "SRC011"
            case .count: "SRC005"
            }
        }

        func put(in exports: TemporaryDirectory) throws {
            switch self {
            case .pipe: try #require(unsafe mkfifo("\(exports.path)/\(place)", 0o600) == 0)
            case .depth: try exports.write("", to: "\(place)/c.ics")
            case .count: for number in 0..<5 { try exports.write("", to: "\(place)/\(number).ics") }
            }
        }
    }
}
