import Foundation
import Glibc
import TestSupport
import Testing

@testable import DirectoryWatch

@Suite("Reading a settled file")
struct FileReadingTests {
    private let directory: TemporaryDirectory
    private var root: WatchedRoot { WatchedRoot(directory.path) }

    init() throws { directory = try TemporaryDirectory() }

    @Test(
        "The content comes with the hash of exactly its bytes",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        ])
    func content(text: String, hash: String) throws {
        try directory.write(text, to: "hr/a.ics")
        let settled = try FileReading.stamp(of: "hr/a.ics", below: root)
        let content = try FileReading.read("hr/a.ics", below: root, settled: settled, limit: 3)
        #expect(content.bytes == Array(text.utf8))
        #expect(content.sha256 == hash)
        #expect(content.stamp == settled)
    }

    @Test("A file of many chunks is read whole")
    func large() throws {
        let bytes = Data((0..<3_000_001).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) })
        try bytes.write(to: directory.url.appending(path: "a.ics"))
        let settled = try FileReading.stamp(of: "a.ics", below: root)
        let content = try FileReading.read("a.ics", below: root, settled: settled, limit: 1 << 28)
        #expect(content.bytes == Array(bytes))
    }

    @Test("A file above the limit is refused with both sizes")
    func tooLarge() throws {
        try directory.write("12345", to: "a.ics")
        #expect(throws: SourceFault.tooLarge(bytes: 5, limit: 4)) { try read("a.ics", limit: 4) }
    }

    @Test(
        "A file that is not what settled has to settle anew",
        arguments: Change.allCases)
    func changed(change: Change) throws {
        let file = try directory.write("12345", to: "a.ics")
        let settled = try FileReading.stamp(of: "a.ics", below: root)
        try waitForTick(in: directory)
        try change.apply(to: file, in: directory)
        #expect(throws: SourceFault.changing) {
            try FileReading.read("a.ics", below: root, settled: settled, limit: 1_000)
        }
    }

    @Test("A file that changes while it is read has to settle anew", arguments: Change.allCases)
    func changedMeanwhile(change: Change) throws {
        let file = try directory.write("12345", to: "a.ics")
        let settled = try FileReading.stamp(of: "a.ics", below: root)
        try waitForTick(in: directory)
        #expect(throws: SourceFault.changing) {
            try FileReading.read("a.ics", below: root, settled: settled, limit: 1_000) {
                #expect(throws: Never.self) { try change.apply(to: file, in: directory) }
            }
        }
    }

    @Test("A file that goes while it is read has vanished")
    func vanishedMeanwhile() throws {
        let file = try directory.write("12345", to: "a.ics")
        let settled = try FileReading.stamp(of: "a.ics", below: root)
        #expect(throws: SourceFault.vanished) {
            try FileReading.read("a.ics", below: root, settled: settled, limit: 1_000) { unsafe _ = unlink(file.path) }
        }
    }

    @Test("A file or directory that is gone has vanished", arguments: ["a.ics", "hr/a.ics"])
    func vanished(path: String) throws {
        let settled = try FileReading.stamp(of: "b.ics", below: rootWithFile("b.ics"))
        #expect(throws: SourceFault.vanished) {
            try FileReading.read(path, below: root, settled: settled, limit: 1_000)
        }
    }

    @Test("A FIFO in the place of a file is refused at once")
    func fifo() throws {
        unsafe mkfifo("\(directory.path)/a.ics", 0o600)
        #expect(throws: SourceFault.notRegular) { try read("a.ics") }
    }

    @Test("A directory that became a link on the way is not followed")
    func swappedDirectory() throws {
        try directory.write("secret", to: "outside/a.ics")
        let root = WatchedRoot("\(directory.path)/root")
        try directory.write("12345", to: "root/hr/a.ics")
        let settled = try FileReading.stamp(of: "hr/a.ics", below: root)
        try FileManager.default.removeItem(atPath: "\(root.path)/hr")
        try FileManager.default.createSymbolicLink(
            atPath: "\(root.path)/hr", withDestinationPath: "\(directory.path)/outside")
        #expect(throws: SourceFault.vanished) {
            try FileReading.read("hr/a.ics", below: root, settled: settled, limit: 1_000)
        }
    }

    @Test(
        "A path that climbs out of the root is refused", arguments: ["../a.ics", "hr/../../a.ics", "/etc/passwd", ""])
    func climbing(path: String) {
        #expect(throws: SourceFault.outsideRoot) { try FileReading.stamp(of: path, below: root) }
    }

    @Test(
        "A file without permission is unreadable, with the system's reason",
        .enabled(if: geteuid() != 0, "root reads all"))
    func permission() throws {
        let file = try directory.write("12345", to: "a.ics")
        unsafe chmod(file.path, 0)
        #expect(throws: SourceFault.unreadable(errno: EACCES)) { try read("a.ics") }
    }

    @Test("What changed within two seconds of the look is fresh")
    func fresh() throws {
        try directory.write("", to: "a.ics")
        let stamp = try FileReading.stamp(of: "a.ics", below: root)
        let changed = Date(timeIntervalSince1970: Double(stamp.ctimeNanoseconds) / 1e9)
        #expect(stamp.isFresh(at: changed.addingTimeInterval(1.9)))
        #expect(!stamp.isFresh(at: changed.addingTimeInterval(2.1)))
    }

    private func read(_ path: String, limit: Int64 = 1_000) throws -> FileContent {
        let settled = try FileReading.stamp(of: path, below: root)
        return try FileReading.read(path, below: root, settled: settled, limit: limit)
    }

    private func rootWithFile(_ name: String) throws -> WatchedRoot {
        try directory.write("", to: name)
        return root
    }

    enum Change: CaseIterable {
        case growth, truncation, sameSize, renameOver, hardLink, timesSetBack

        func apply(to file: URL, in directory: TemporaryDirectory) throws {
            switch self {
            case .growth: try directory.write("123456", to: "a.ics")
            case .truncation: unsafe truncate(file.path, 2)
            case .sameSize: try directory.write("54321", to: "a.ics")
            case .renameOver:
                try directory.write("12345", to: "b.tmp")
                unsafe rename("\(directory.path)/b.tmp", file.path)
            case .hardLink: unsafe link(file.path, "\(directory.path)/second.ics")
            case .timesSetBack:
                var before = stat()
                unsafe stat(file.path, &before)
                let handle = try FileHandle(forWritingTo: file)
                try handle.write(contentsOf: Data("54321".utf8))
                try handle.close()
                let times = [before.st_atim, before.st_mtim]
                unsafe utimensat(AT_FDCWD, file.path, times, 0)
            }
        }
    }
}

/// Waits until a file that is written now gets another ctime than one written before: the kernel's clock has a tick.
private func waitForTick(in directory: TemporaryDirectory) throws {
    let root = WatchedRoot(directory.path)
    try directory.write("", to: "tick.ics")
    let first = try FileReading.stamp(of: "tick.ics", below: root).ctimeNanoseconds
    repeat {
        try directory.write("", to: "tick.ics")
    } while try FileReading.stamp(of: "tick.ics", below: root).ctimeNanoseconds == first
}
