import Foundation
import Glibc

/// The built daemon, started by a test and ended with it.
final class DaemonProcess {
    private let process = Process()
    private let output = Pipe()
    private var unread: [UInt8] = []
    private(set) var log: [String] = []

    struct Failure: Error { var reason: String }

    /// `bookwatch` beside the test bundle.
    static var executable: URL {
        URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().appending(
            path: "bookwatch")
    }

    enum Rights {
        case all
        /// Those of an owner, whoever runs the tests: root's right to everything is dropped.
        case ofOwner
        /// To write as much as a limit of file size lets it, and to go on when it has.
        case ofLimitedWriter
    }

    convenience init(_ arguments: [String], with rights: Rights = .all) throws {
        if rights == .ofOwner, geteuid() == 0 {
            let drop = ["--bounding-set=-all", "--inh-caps=-all", Self.executable.path]
            try self.init(URL(fileURLWithPath: "/usr/bin/setpriv"), drop + arguments)
        } else if rights == .ofLimitedWriter {
            let ignore = ["--ignore-signal=XFSZ", Self.executable.path]
            try self.init(URL(fileURLWithPath: "/usr/bin/env"), ignore + arguments)
        } else {
            try self.init(Self.executable, arguments)
        }
    }

    /// - Parameter arguments: of `executable`, which may lead to ours.
    init(_ executable: URL, _ arguments: [String]) throws {
        process.executableURL = executable
        process.arguments = arguments
        process.standardOutput = output
        process.standardError = output
        process.standardInput = FileHandle.nullDevice
        try process.run()
    }

    deinit { kill() }

    /// The lines up to here were waited for; the next wait looks at what came after them.
    private var waitedFor = 0

    /// Waits for a line, after the last one that was waited for, with all of `words`; fails after 60 s or when the daemon
    /// ends first.
    @discardableResult
    func waitForLine(_ words: String...) throws -> String {
        let index = try indexOfLine(with: words, from: waitedFor)
        waitedFor = index + 1
        return log[index]
    }

    private func indexOfLine(with words: [String], from start: Int) throws -> Int {
        let deadline = Date(timeIntervalSinceNow: 60)
        var next = start
        while true {
            while next < log.count {
                if words.allSatisfy(log[next].contains) { return next }
                next += 1
            }
            guard Date.now < deadline, readMore(until: deadline) else { break }
            while let line = nextLine() { log.append(line) }
        }
        throw Failure(reason: "no line with \(words) in:\n" + log.joined(separator: "\n"))
    }

    /// Waits for the line that tells the port, wherever it stands: the first pass may be done before the server listens.
    func waitForPort() throws -> Int {
        let line = log[try indexOfLine(with: ["listening", "port="], from: 0)]
        guard
            let port = line.split(separator: " ").first(where: { $0.hasPrefix("port=") }).flatMap({
                Int($0.dropFirst(5))
            })
        else { throw Failure(reason: "no port in '\(line)'") }
        return port
    }

    var identifier: Int32 { process.processIdentifier }

    /// Processor time of its threads, by their names up to a hyphen, in ticks.
    func processorTicks() throws -> [String: Int] {
        let folder = "/proc/\(identifier)/task"
        var ticks: [String: Int] = [:]
        for thread in try FileManager.default.contentsOfDirectory(atPath: folder) {
            let text = try String(contentsOfFile: "\(folder)/\(thread)/stat", encoding: .utf8)
            guard let nameEnd = text.lastIndex(of: ")"), let nameStart = text.firstIndex(of: "(") else { continue }
            let name = text[text.index(after: nameStart)..<nameEnd].prefix { $0 != "-" }
            // The fields after the name: state is the first, utime the twelfth.
            let fields = text[nameEnd...].split(separator: " ")
            ticks[String(name), default: 0] += fields[12...13].compactMap { Int($0) }.reduce(0, +)
        }
        return ticks
    }

    /// SIGTERM, and the exit code.
    func terminate() -> Int32 {
        process.terminate()
        return waitForExit()
    }

    /// Lets no file grow beyond `bytes`, as a disk does that is full or fails.
    func limitFiles(toBytes bytes: Int) throws {
        let limiting = try Process.run(
            URL(fileURLWithPath: "/usr/bin/prlimit"), arguments: ["--pid=\(identifier)", "--fsize=\(bytes)"])
        limiting.waitUntilExit()
        guard limiting.terminationStatus == 0 else { throw Failure(reason: "no limit of file size") }
    }

    /// SIGHUP: read the configuration anew.
    func hangUp() { Glibc.kill(process.processIdentifier, SIGHUP) }

    /// SIGKILL: no chance to write anything.
    func kill() {
        guard process.isRunning else { return }
        Glibc.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// The exit code; one that has not ended after 60 s is killed, and its code is 9.
    func waitForExit() -> Int32 {
        let deadline = Date(timeIntervalSinceNow: 60)
        while readMore(until: deadline) {}
        if Date.now >= deadline { kill() }
        while let line = nextLine() { log.append(line) }
        process.waitUntilExit()
        return process.terminationStatus
    }

    private func nextLine() -> String? {
        guard let end = unread.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        defer { unread.removeFirst(end + 1) }
        return String(decoding: unread[..<end], as: UTF8.self)
    }

    /// `false` at the deadline and at the end of the output.
    private func readMore(until deadline: Date) -> Bool {
        let descriptor = output.fileHandleForReading.fileDescriptor
        var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        let milliseconds = Int32(max(0, deadline.timeIntervalSinceNow * 1_000))
        guard unsafe Glibc.poll(&poll, 1, milliseconds) > 0 else { return false }
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
        guard count > 0 else { return false }
        unread += buffer[..<count]
        return true
    }
}
