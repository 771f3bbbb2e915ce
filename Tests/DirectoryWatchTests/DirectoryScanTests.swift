import Foundation
import Glibc
import TestSupport
import Testing

@testable import DirectoryWatch

@Suite("Scanning a directory")
struct DirectoryScanTests {
    @Test("Exports in all entered directories are found in order of path, with their sizes")
    func finds() throws {
        let directory = try TemporaryDirectory()
        let names = [
            "b.ics", "hr/a.xml", "hr/deep/c.ICAL", ".git/x.ics", "up.part/y.ics", "hr/lost+found/z.ics", "notes.txt",
            "b.ics.tmp",
        ]
        for name in names { try directory.write(name, to: name) }
        let scan = DirectoryScan(of: WatchedRoot(directory.path))
        #expect(scan.entries.map(\.path) == ["b.ics", "hr/a.xml", "hr/deep/c.ICAL"])
        #expect(scan.entries.map(\.stamp.size) == [5, 8, 14])
        #expect(scan.gaps == [])
        #expect(scan.refusals.isEmpty)
        #expect(scan.root != nil)
    }

    @Test("Excluded directories are not entered")
    func excluded() throws {
        let directory = try TemporaryDirectory()
        try directory.write("", to: "hr/answers/a.ics")
        try directory.write("", to: "answers/a.ics")
        let scan = DirectoryScan(of: WatchedRoot(directory.path, excluding: ["hr/answers"]))
        #expect(scan.entries.map(\.path) == ["answers/a.ics"])
    }

    @Test("A root that is missing, or a file, is told and hides everything", arguments: ["missing", "file"])
    func badRoot(name: String) throws {
        let directory = try TemporaryDirectory()
        try directory.write("", to: "file")
        let scan = DirectoryScan(of: WatchedRoot("\(directory.path)/\(name)"))
        #expect(scan.gaps == [""])
        #expect(scan.absent(of: ["a.ics", "hr/a.ics"]) == [])
        #expect(scan.root == nil)
        #expect(scan.refusals == [DirectoryScan.Refusal(path: "", fault: .noRoot)])
    }

    @Test(
        "A directory that cannot be read hides what lies below it, and nothing else",
        .enabled(if: geteuid() != 0, "root reads all"), arguments: [0, 0o300, 0o400] as [mode_t])
    func unreadable(mode: mode_t) throws {
        let directory = try TemporaryDirectory()
        try directory.write("", to: "a.ics")
        let closed = try directory.write("", to: "hr/closed/b.ics").deletingLastPathComponent()
        unsafe chmod(closed.path, mode)
        defer { unsafe chmod(closed.path, 0o700) }
        let scan = DirectoryScan(of: WatchedRoot(directory.path))
        #expect(scan.gaps == ["hr/closed"])
        #expect(scan.entries.map(\.path) == ["a.ics"])
        #expect(scan.refusals == [DirectoryScan.Refusal(path: "hr/closed", fault: .unreadable(errno: EACCES))])
        let gone = ["b.ics", "hr/b.ics", "hr/closed-2/b.ics", "hr/closed.ics", "closed/b.ics"]
        let kept = ["a.ics", "hr/closed/b.ics", "hr/closed/deep/er/c.ics", "hr/closed"]
        #expect(scan.absent(of: Set(gone + kept)) == Set(gone))
    }

    @Test("A FIFO with the name of an export is refused at once, and so is a socket or a directory's link")
    func special() throws {
        let directory = try TemporaryDirectory()
        unsafe mkfifo("\(directory.path)/fifo.ics", 0o600)
        try FileManager.default.createDirectory(
            at: directory.url.appending(path: "dir.ics"), withIntermediateDirectories: true)
        try link("dir.ics", at: "link.ics", in: directory)
        let scan = DirectoryScan(of: WatchedRoot(directory.path))
        #expect(scan.entries.isEmpty)
        #expect(scan.gaps == [])
        #expect(scan.refusals.map(\.path) == ["fifo.ics", "link.ics"])
        #expect(scan.refusals.map(\.fault) == [.notRegular, .notRegular])
    }

    @Test("A link to a file below the root counts as that file")
    func linkInside() throws {
        let directory = try TemporaryDirectory()
        try directory.write("12345", to: ".data/export.ics")
        try link(".data/export.ics", at: "export.ics", in: directory)
        let scan = DirectoryScan(of: WatchedRoot(directory.path))
        #expect(scan.entries.map(\.path) == ["export.ics"])
        #expect(scan.entries.first?.stamp.size == 5)
        #expect(scan.refusals.isEmpty)
    }

    @Test(
        "A link that leads out of the root, or nowhere, is refused and not followed",
        arguments: ["/etc/passwd", "../outside.ics", "/dev/zero", "nowhere.txt", "loop.ics", "/etc"])
    func linkOutside(target: String) throws {
        let directory = try TemporaryDirectory()
        try directory.write("", to: "outside.ics")
        try directory.write("", to: "root/a.txt")
        try link(target, at: "root/loop.ics", in: directory)
        let scan = DirectoryScan(of: WatchedRoot("\(directory.path)/root"))
        #expect(scan.entries.isEmpty)
        #expect(scan.refusals == [DirectoryScan.Refusal(path: "loop.ics", fault: .outsideRoot)])
        // Of a link to itself nobody knows what it leads to.
        #expect(scan.gaps == (["/etc", "loop.ics"].contains(target) ? ["loop.ics"] : []))
    }

    @Test(
        "A link to a directory elsewhere is refused aloud; one to a directory below the root is left to that directory")
    func linkedDirectories() throws {
        let directory = try TemporaryDirectory()
        try directory.write("", to: "elsewhere/a.ics")
        try directory.write("", to: "root/real/b.ics")
        try link("../elsewhere", at: "root/out", in: directory)
        try link("real", at: "root/in", in: directory)
        try link("..", at: "root/real/up", in: directory)
        let scan = DirectoryScan(of: WatchedRoot("\(directory.path)/root"))
        #expect(scan.entries.map(\.path) == ["real/b.ics"])
        #expect(scan.refusals.first == DirectoryScan.Refusal(path: "out", fault: .outsideRoot))
        // What lies in one elsewhere is not gone; what lies in one below the root is seen there.
        #expect(scan.absent(of: ["out/a.ics", "out/deep/a.ics", "in/b.ics", "b.ics"]) == ["in/b.ics", "b.ics"])
    }

    @Test("A neighbour whose name begins with the root's is outside")
    func neighbour() throws {
        let directory = try TemporaryDirectory()
        try directory.write("", to: "root-2/a.ics")
        try directory.write("", to: "root/b.txt")
        try link("../root-2/a.ics", at: "root/a.ics", in: directory)
        let scan = DirectoryScan(of: WatchedRoot("\(directory.path)/root"))
        #expect(scan.refusals == [DirectoryScan.Refusal(path: "a.ics", fault: .outsideRoot)])
    }

    @Test("The root itself may be a link")
    func linkedRoot() throws {
        let directory = try TemporaryDirectory()
        try directory.write("", to: "real/a.ics")
        try directory.write("", to: "real/hidden/.b.ics")
        try link("hidden/.b.ics", at: "real/b.ics", in: directory)
        try link("real", at: "root", in: directory)
        #expect(DirectoryScan(of: WatchedRoot("\(directory.path)/root")).entries.map(\.path) == ["a.ics", "b.ics"])
    }

    @Test("What lies too deep is told and is never part of the source; the scan stays complete")
    func depth() throws {
        let directory = try TemporaryDirectory()
        try directory.write("", to: "1/2/a.ics")
        try directory.write("", to: "1/2/3/b.ics")
        var limits = WatchedRoot.Limits()
        limits.depth = 2
        let scan = DirectoryScan(of: WatchedRoot(directory.path, limits: limits))
        #expect(scan.entries.map(\.path) == ["1/2/a.ics"])
        #expect(scan.refusals == [DirectoryScan.Refusal(path: "1/2/3", fault: .tooDeep(limit: 2))])
        #expect(scan.gaps == [])
    }

    @Test("More exports than the limit hide what else is in their directory")
    func tooMany() throws {
        let directory = try TemporaryDirectory()
        for number in 0..<5 { try directory.write("", to: "\(number).ics") }
        var limits = WatchedRoot.Limits()
        limits.entries = 4
        let scan = DirectoryScan(of: WatchedRoot(directory.path, limits: limits))
        #expect(scan.entries.count == 4)
        #expect(scan.gaps == [""])
        #expect(scan.refusals.map(\.fault) == [.tooManyEntries(limit: 4)])
    }

    @Test("Of too many exports nothing that is there counts as absent, in whatever order they are met")
    func tooManyInDirectories() throws {
        let directory = try TemporaryDirectory()
        let paths = ["a/1", "b/c/1", "b/c/2", "b/c/3", "b/1", "d/1", "d/2", "1", "2", "e/f/1"].map { "\($0).ics" }
        for path in paths { try directory.write("", to: path) }
        try directory.write("", to: "empty/a.txt")
        for limit in 0...paths.count {
            var limits = WatchedRoot.Limits()
            limits.entries = limit
            let scan = DirectoryScan(of: WatchedRoot(directory.path, limits: limits))
            #expect(scan.absent(of: Set(paths)) == [], "\(limit)")
            #expect(scan.refusals.allSatisfy { $0.fault == .tooManyEntries(limit: limit) })
            #expect(limit > 7 || !scan.gaps.isEmpty)
            #expect(limit < paths.count || scan.gaps.isEmpty)
            let unseen = Set(paths).subtracting(scan.entries.map(\.path))
            #expect(unseen.allSatisfy { path in scan.gaps.contains { $0.isEmpty || path.hasPrefix("\($0)/") } })
            guard !scan.gaps.contains("") else { continue }
            #expect(scan.absent(of: ["empty/a.ics", "3.ics"]) == ["empty/a.ics", "3.ics"], "\(limit)")
        }
    }

    @Test("Names that cannot be told apart, or are not UTF-8, are refused one by one")
    func names() throws {
        let directory = try TemporaryDirectory()
        for bytes: [UInt8] in [
            Array("caf\u{E9}.ics".utf8), Array("cafe\u{301}.ics".utf8), [0xE9, 0x2E, 0x69, 0x63, 0x73],
        ] {
            let path = Array(directory.path.utf8) + [0x2F] + bytes + [0]
            close(unsafe open(path.map { CChar(bitPattern: $0) }, O_CREAT | O_WRONLY, 0o600))
        }
        let scan = DirectoryScan(of: WatchedRoot(directory.path))
        #expect(scan.entries.map(\.path) == ["café.ics"])
        #expect(scan.refusals.map(\.fault) == [.unusableName, .unusableName])
        #expect(scan.gaps == [])
    }
}

private func link(_ target: String, at name: String, in directory: TemporaryDirectory) throws {
    try FileManager.default.createSymbolicLink(
        atPath: "\(directory.path)/\(name)", withDestinationPath: target)
}
