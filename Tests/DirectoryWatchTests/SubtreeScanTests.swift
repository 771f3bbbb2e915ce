import DirectoryWatch
import Foundation
import Glibc
import TestSupport
import Testing

@Suite("Scanning one directory below a root")
struct SubtreeScanTests {
    private let directory: TemporaryDirectory
    private let root: WatchedRoot

    /// May be two directories deep, and leaves out what it has answered.
    init() throws {
        directory = try TemporaryDirectory()
        var limits = WatchedRoot.Limits()
        limits.depth = 2
        root = WatchedRoot("\(directory.path)/root", excluding: ["hr/answers"], limits: limits)
        let exports = [
            "a.ics", "hr/b.ics", "hr/deep/c.ics", "hr/answers/d.ics", "hr/.git/e.ics", "it/f.ics", "1/2/g.ics",
            "1/2/3/h.ics",
        ]
        for path in exports { try directory.write(path, to: "root/\(path)") }
        try directory.write("", to: "elsewhere/in/i.ics")
        for (name, target) in [("hr/link", "../it"), ("link", "hr"), ("out", "../elsewhere")] {
            try FileManager.default.createSymbolicLink(atPath: "\(root.path)/\(name)", withDestinationPath: target)
        }
        let isMade = unsafe mkfifo("\(root.path)/hr/deep/pipe.ics", 0o600)
        try #require(isMade == 0)
    }

    @Test(
        "It shows what a scan of the root shows there, and nothing else",
        arguments: [
            ("it", ["it/f.ics"], [:]),
            ("hr", ["hr/b.ics", "hr/deep/c.ics"], ["hr/deep/pipe.ics": .notRegular]),
            ("hr/deep", ["hr/deep/c.ics"], ["hr/deep/pipe.ics": .notRegular]),
            // Depth is counted from the root.
            ("1", ["1/2/g.ics"], ["1/2/3": .tooDeep(limit: 2)]),
            ("1/2", ["1/2/g.ics"], ["1/2/3": .tooDeep(limit: 2)]),
            ("1/2/3", [], ["1/2/3": .tooDeep(limit: 2)]),
        ] as [(String, [String], [String: SourceFault])])
    func shows(place: String, entries: [String], refusals: [String: SourceFault]) {
        let part = SubtreeScan(of: place, below: root)
        #expect(part.entries.map(\.path) == entries)
        #expect(part.refusals == refusals.map { DirectoryScan.Refusal(path: $0, fault: $1) })
        #expect(part.isForWholeScan == !refusals.isEmpty)
        let whole = DirectoryScan(of: root)
        #expect(part.entries == whole.entries.filter { $0.path.hasPrefix("\(place)/") })
        #expect(part.refusals == whole.refusals.filter { "\($0.path)/".hasPrefix("\(place)/") })
    }

    @Test(
        "What is excluded, hidden, no directory or a link shows nothing, nor is it a way to anywhere",
        arguments: [
            "hr/answers", "hr/answers/in", "hr/.git", "hr/.git/in", "a.ics", "a.ics/in", "none", "none/in", "link",
            "link/deep", "hr/link", "out", "out/in", "..", "../elsewhere", "hr/../it", "./it",
        ])
    func showsNothing(place: String) {
        let part = SubtreeScan(of: place, below: root)
        #expect(part.entries == [])
        #expect(part.refusals == [])
        #expect(!part.isForWholeScan)
    }

    @Test("Of a root that is missing only a whole scan can tell")
    func noRoot() {
        let part = SubtreeScan(of: "hr", below: WatchedRoot("\(root.path)/none"))
        #expect(part.entries == [])
        #expect(part.refusals == [DirectoryScan.Refusal(path: "", fault: .noRoot)])
        #expect(part.isForWholeScan)
    }

    @Test("More exports than the limit are told")
    func tooMany() throws {
        for number in 0..<5 { try directory.write("", to: "root/many/\(number).ics") }
        var root = root
        root.limits.entries = 4
        let part = SubtreeScan(of: "many", below: root)
        #expect(part.entries.count == 4)
        #expect(part.refusals == [DirectoryScan.Refusal(path: "many", fault: .tooManyEntries(limit: 4))])
        #expect(part.isForWholeScan)
    }

    @Test(
        "One that cannot be read is told, wherever on the way", .enabled(if: geteuid() != 0, "root reads all"),
        arguments: ["hr", "hr/deep"])
    func unreadable(place: String) {
        unsafe chmod("\(root.path)/\(place)", 0)
        defer { unsafe chmod("\(root.path)/\(place)", 0o700) }
        let part = SubtreeScan(of: "hr/deep", below: root)
        #expect(part.entries == [])
        #expect(part.refusals.map(\.fault) == [.unreadable(errno: EACCES)])
        #expect(part.isForWholeScan)
    }
}
