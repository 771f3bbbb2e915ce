import Foundation
import Glibc

/// A program that runs to its end in a process of its own, so that neither memory nor caches are shared with others.
public struct ChildProcess {
    /// What it wrote to its standard output.
    public let output: String
    /// Of the whole process, its own children included.
    public let cost: Cost

    public struct Failure: Error, CustomStringConvertible {
        public let description: String

        public init(description: String) { self.description = description }
    }

    /// Runs a program of this package, which lies beside the one that is running.
    public init(beside name: String, _ arguments: [String]) throws {
        try self.init(Bundle.main.bundleURL.appending(path: name).path, arguments)
    }

    /// Runs `program`, a path, and waits for its end; it fails unless it exits with 0.
    public init(_ program: String, _ arguments: [String]) throws {
        let pipe = Pipe()
        let reading = pipe.fileHandleForReading
        let pid = try Self.spawn(program, arguments, output: pipe.fileHandleForWriting.fileDescriptor)
        try pipe.fileHandleForWriting.close()
        let bytes = try reading.readToEnd() ?? Data()
        var status: Int32 = 0
        var usage = rusage()
        while unsafe wait4(pid, &status, 0, &usage) == -1 {
            guard errno == EINTR else { throw Failure(description: "wait for \(program): \(Self.reason(errno))") }
        }
        output = String(decoding: bytes, as: UTF8.self)
        cost = Cost(usage)
        guard status == 0 else { throw Failure(description: "\(program) ended with \(status): \(output)") }
    }

    private static func spawn(_ program: String, _ arguments: [String], output: Int32) throws -> pid_t {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        var words = unsafe ([program] + arguments).map { unsafe strdup($0) }
        defer { unsafe words.forEach { unsafe free($0) } }
        unsafe words.append(nil)
        var pid: pid_t = 0
        let code = unsafe posix_spawn(&pid, program, &actions, nil, words, environ)
        guard code == 0 else { throw Failure(description: "start \(program): \(reason(code))") }
        return pid
    }

    private static func reason(_ code: Int32) -> String { unsafe String(cString: strerror(code)) }
}
