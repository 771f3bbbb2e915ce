import Foundation
import Glibc
import TestSupport
import Testing

@Suite("bookwatch sources")
struct SourcesTests {
    @Test("A source that only --watch named is shown from the store")
    func watchedOnly() throws {
        let directory = try TemporaryDirectory()
        try directory.write(
            ICSText.calendar(start: "20480420T150000Z", end: "20480420T160000Z", room: "blue"), to: "team/a.ics")
        let state = ["--state", "\(directory.path)/state"]
        let watch = ["--watch", "\(directory.path)/team", "--listen", "127.0.0.1:0"]
        let daemon = try DaemonProcess(["serve"] + watch + state)
        try daemon.waitForLine("first pass done", "granted=1")
        let sources = try DaemonProcess(["sources"] + state)
        #expect(sources.waitForExit() == 0)
        #expect(sources.log.first?.hasPrefix("team ") == true)
        #expect(sources.log.contains { $0.contains("1 export, 1 future booking") }, "\(sources.log)")
    }

    @Test("A directory that is watched and empty is shown too, with its path")
    func empty() throws {
        let directory = try TemporaryDirectory()
        try directory.write("", to: "team/.keep")
        let state = ["--state", "\(directory.path)/state"]
        let watch = ["--watch", "\(directory.path)/team", "--listen", "127.0.0.1:0"]
        let daemon = try DaemonProcess(["serve"] + watch + state)
        try daemon.waitForLine("first pass done")
        let sources = try DaemonProcess(["sources"] + state)
        #expect(sources.waitForExit() == 0)
        #expect(sources.log.first == "team  \(directory.path)/team", "\(sources.log)")
        #expect(sources.log.contains { $0.contains("0 exports") }, "\(sources.log)")
    }

    @Test("Of a directory that never was nobody says that it is no longer there")
    func missing() throws {
        let directory = try TemporaryDirectory()
        try directory.write("sources: [{name: s, directory: none}]\n", to: "b.yaml")
        let options = ["--config", "\(directory.path)/b.yaml", "--state", "\(directory.path)/state"]
        let daemon = try DaemonProcess(["serve", "--listen", "127.0.0.1:0"] + options)
        try daemon.waitForLine("cannot use a file or directory", "SRC001", "is not there")
        try daemon.waitForLine("first pass done")
        let sources = try DaemonProcess(["sources"] + options)
        #expect(sources.waitForExit() == 1)
        #expect(sources.log.contains("  .: SRC001 the source's directory is not there"), "\(sources.log)")
    }

    @Test("Exports whose disk is gone are shown with what to do, and let go of by it", .enabled(if: hasMemoryDisk))
    func letGo() throws {
        let directory = try TemporaryDirectory()
        let disk = URL(fileURLWithPath: "/dev/shm/bookwatch-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: disk, withIntermediateDirectories: false)
        defer { unsafe rmdir(disk.path) }
        let team = "\(directory.path)/team"
        unsafe symlink(disk.path, team)
        try directory.write(
            ICSText.calendar(start: "20480420T150000Z", end: "20480420T160000Z", room: "blue"), to: "team/a.ics")
        let state = ["--state", "\(directory.path)/state"]
        let daemon = try DaemonProcess(["serve", "--watch", team, "--listen", "127.0.0.1:0"] + state)
        try daemon.waitForLine("first pass done", "granted=1")
        unsafe unlink("\(team)/a.ics")
        unsafe unlink(team)
        try directory.write("", to: "team/.keep")
        try daemon.waitForLine("the disk with 1 of its exports is not there", "bookwatch sources accept team")

        let sources = try DaemonProcess(["sources"] + state)
        #expect(sources.waitForExit() == 1)
        let hint =
            "  SRC001 1 export is on a disk that is not there: bookwatch sources accept team, if it is gone for good"
        #expect(sources.log.contains(hint), "\(sources.log)")
        let accept = try DaemonProcess(["sources", "accept", "team"] + state)
        #expect(accept.waitForExit() == 0)
        #expect(accept.log.first == "a.ics  its disk is not there  1 future booking", "\(accept.log)")
        try daemon.waitForLine("decided", "withdrawn=1")
        #expect(try DaemonProcess(["sources"] + state).waitForExit() == 0)
    }

    /// On another disk than that of temporary files, which stands in for a mounted one by a link.
    private static let hasMemoryDisk: Bool = {
        var (memory, temporary) = (stat(), stat())
        return unsafe stat("/dev/shm", &memory) == 0
            && stat(FileManager.default.temporaryDirectory.path, &temporary) == 0 && memory.st_dev != temporary.st_dev
    }()

    @Test("What the daemon cannot use is shown as it has found it, whoever asks")
    func foundByDaemon() throws {
        let directory = try TemporaryDirectory()
        try directory.write(
            ICSText.calendar(start: "20480420T150000Z", end: "20480420T160000Z", room: "blue"), to: "team/closed.ics")
        try directory.write("no calendar", to: "team/text.ics")
        try #require(unsafe chmod("\(directory.path)/team/closed.ics", 0) == 0)
        let state = ["--state", "\(directory.path)/state"]
        let watch = ["--watch", "\(directory.path)/team", "--listen", "127.0.0.1:0"]
        let daemon = try DaemonProcess(["serve"] + watch + state, with: .ofOwner)
        try daemon.waitForLine("first pass done")
        let sources = try DaemonProcess(["sources"] + state)
        #expect(sources.waitForExit() == 1)
        let shown = sources.log.filter { $0.hasPrefix("  ") }
        #expect(shown.contains("  closed.ics: SRC001 cannot be read: Permission denied"), "\(shown)")
        #expect(shown.contains { $0.hasPrefix("  text.ics: SRC006 ") }, "\(shown)")
    }
}
