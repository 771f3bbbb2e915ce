import Foundation
import Measuring

/// The built daemon over one directory, with a store that is new.
final class ServingDaemon {
    struct Failure: Error, CustomStringConvertible { let description: String }

    private let process = Process()
    private let log: FileHandle
    private var unread: [UInt8] = []
    private(set) var port = 0

    /// Starts `program`, and waits until it serves what lies in `exports`.
    init(_ program: String, exports: URL, state: URL) throws {
        let path = state.appendingPathExtension("log").path
        guard FileManager.default.createFile(atPath: path, contents: nil),
            let sink = FileHandle(forWritingAtPath: path), let log = FileHandle(forReadingAtPath: path)
        else { throw Failure(description: "no log at \(path)") }
        self.log = log
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = ["serve", "--watch", exports.path, "--state", state.path, "--listen", "127.0.0.1:0"]
        process.standardError = sink
        process.standardOutput = sink
        try process.run()
        var isServing = false
        while port == 0 || !isServing {
            let line = try nextLine()
            if line.contains("listening"), let number = Self.value("port", in: line) { port = number }
            if line.contains("decided") { isServing = true }
        }
    }

    deinit { process.terminate() }

    /// SIGTERM, and the end.
    func end() {
        process.terminate()
        process.waitUntilExit()
    }

    /// Waits until `count` exports have been decided about.
    func waitForExports(_ count: Int) throws {
        var decided = 0
        while decided < count {
            let line = try nextLine()
            if line.contains("decided") { decided += Self.value("exports", in: line) ?? 0 }
        }
    }

    /// Whether a line with `words` has come since the last look; never waits.
    func hasTold(_ words: String) throws -> Bool {
        while let line = try lineIfAny() {
            if line.contains(words) { return true }
        }
        return false
    }

    /// Processor time until now, user and system.
    func cpuSeconds() throws -> Double {
        let text = try String(contentsOfFile: "/proc/\(process.processIdentifier)/stat", encoding: .utf8)
        // The fields after the name, which may hold anything: state is the first, utime the twelfth.
        let fields = text[(text.lastIndex(of: ")") ?? text.startIndex)...].split(separator: " ")
        guard fields.count > 13, let user = Double(fields[12]), let system = Double(fields[13]) else {
            throw Failure(description: "no times in \(text)")
        }
        return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    func peakBytes() throws -> Int {
        let text = try String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)
        let line = text.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
        return (line.split { " \t".contains($0) }.dropFirst().first.flatMap { Int($0) } ?? 0) * 1_024
    }

    private static func value(_ name: String, in line: String) -> Int? {
        line.split(separator: " ").first { $0.hasPrefix("\(name)=") }.flatMap { Int($0.dropFirst(name.utf8.count + 1)) }
    }

    private func nextLine() throws -> String {
        let deadline = Deadline("a line of the daemon's log")
        while true {
            if let line = try lineIfAny() { return line }
            guard process.isRunning else { throw Failure(description: "the daemon has ended: see its log") }
            try deadline.check()
            usleep(1_000)
        }
    }

    private func lineIfAny() throws -> String? {
        if let line = takeLine() { return line }
        unread += try log.readToEnd() ?? Data()
        return takeLine()
    }

    private func takeLine() -> String? {
        guard let end = unread.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        defer { unread.removeFirst(end + 1) }
        return String(decoding: unread[..<end], as: UTF8.self)
    }
}
