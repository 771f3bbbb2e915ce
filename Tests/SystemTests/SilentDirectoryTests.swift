import Foundation
import TestSupport
import Testing

/// A directory on a file server that never answers, as a program sees it that has it mounted for itself alone: a file
/// system in user space, of which the one who serves it is the program itself, which does not know.
private enum SilentDirectory {
    static let canBeMade: Bool = {
        guard let directory = try? TemporaryDirectory(),
            let probe = try? DaemonProcess(unshare, arguments("/bin/true", [], seeing: directory.path))
        else { return false }
        return probe.waitForExit() == 0
    }()

    static func run(_ arguments: [String], seeing directory: String) throws -> DaemonProcess {
        try DaemonProcess(unshare, Self.arguments(DaemonProcess.executable.path, arguments, seeing: directory))
    }

    private static let unshare = URL(fileURLWithPath: "/usr/bin/unshare")

    private static func arguments(_ program: String, _ arguments: [String], seeing directory: String) -> [String] {
        let options = "fd=3,rootmode=40000,user_id=0,group_id=0"
        let script = #"exec 3<>/dev/fuse && mount -i -t fuse -o \#(options) none "$0" && exec "$@""#
        return ["--mount", "--propagation", "private", "sh", "-c", script, directory, program] + arguments
    }
}

@Suite("Beside a directory that does not answer", .enabled(if: SilentDirectory.canBeMade))
struct SilentDirectoryTests {
    private let directory: TemporaryDirectory
    private let options: [String]
    private var silent: String { "\(directory.path)/hr" }

    /// Has a store with a completed pass over both directories.
    init() throws {
        directory = try TemporaryDirectory()
        try directory.write("", to: "hr/.keep")
        try directory.write(
            ICSText.calendar(start: "20480420T150000Z", end: "20480420T160000Z", room: "blue"), to: "team/a.ics")
        try directory.write("sources: [{name: hr, directory: hr}, {name: team, directory: team}]", to: "b.yaml")
        options = ["--config", "\(directory.path)/b.yaml", "--state", "\(directory.path)/state"]
        let daemon = try DaemonProcess(["serve", "--listen", "127.0.0.1:0"] + options)
        try daemon.waitForLine("first pass done", "granted=1")
        try #require(daemon.terminate() == 0)
    }

    @Test("The daemon starts and says so, answers, and ends when it is asked to")
    func served() throws {
        let daemon = try SilentDirectory.run(["serve", "--listen", "127.0.0.1:0"] + options, seeing: silent)
        try daemon.waitForLine("warning", "SRC001", "source 'hr': \(silent) does not answer")
        let port = try daemon.waitForPort()
        let fields = [("name", "blue"), ("start_time", "2048-04-20T15:00:00.000Z")]
        #expect(try HTTPExchange.open(port: port, fields: fields).status == 200)
        #expect(daemon.terminate() == 0)
        let next = try DaemonProcess(["serve", "--listen", "127.0.0.1:0"] + options)
        #expect(try HTTPExchange.open(port: next.waitForPort(), fields: fields).status == 409)
        #expect(next.terminate() == 0)
    }

    @Test("A start that fails ends too, and says why")
    func failed() throws {
        let first = try DaemonProcess(
            ["serve", "--watch", "\(directory.path)/team", "--state", "\(directory.path)/other"]
                + ["--listen", "127.0.0.1:0"])
        let port = try first.waitForPort()
        let daemon = try SilentDirectory.run(["serve", "--listen", "127.0.0.1:\(port)"] + options, seeing: silent)
        #expect(daemon.waitForExit() == 78)
        #expect(daemon.log.contains { $0.contains("CFG002 error: cannot listen") }, "\(daemon.log)")
    }

    @Test(
        "What is in the store is told",
        arguments: [
            ["list", "--from", "2048-04-20"], ["explain", "blue", "--at", "2048-04-20T15:00:00Z"], ["agenda"], ["free"],
            ["conflicts"], ["expiries"], ["refusals"], ["report", "team/a.ics"], ["backup", "COPY"],
        ])
    func told(command: [String]) throws {
        let command = command.map { $0 == "COPY" ? "\(directory.path)/copy.sqlite" : $0 }
        let run = try SilentDirectory.run(command + options, seeing: silent)
        #expect(run.waitForExit() == 0, "\(run.log)")
    }

    @Test("What cannot be known is told")
    func unknown() throws {
        let sources = try SilentDirectory.run(["sources"] + options, seeing: silent)
        #expect(sources.waitForExit() == 1)
        #expect(
            sources.log.contains("  .: SRC001 the directory does not answer: what is in it now is not known"),
            "\(sources.log)")
        #expect(sources.log.contains { $0.contains("1 export, 1 future booking") }, "\(sources.log)")
        let report = try SilentDirectory.run(
            ["report", "--to", "\(directory.path)/reports"] + options, seeing: silent)
        #expect(report.waitForExit() == 0, "\(report.log)")
        #expect(report.log.contains { $0.contains("\(silent) does not answer") }, "\(report.log)")
    }

    @Test("A missing directory is still refused, and a silent one watched")
    func watched() throws {
        let serve = ["serve", "--state", "\(directory.path)/new", "--listen", "127.0.0.1:0", "--watch", silent]
        let refused = try SilentDirectory.run(serve + ["--watch", "\(directory.path)/none"], seeing: silent)
        #expect(refused.waitForExit() == 78)
        #expect(refused.log.contains { $0.contains("none: there is no such directory") }, "\(refused.log)")
        let daemon = try SilentDirectory.run(serve, seeing: silent)
        try daemon.waitForLine("source 'hr': \(silent) does not answer")
        _ = try daemon.waitForPort()
    }
}
