import Foundation
import Synchronization

/// Which contents were being worked on when the service ended without a word, and how often.
///
/// It lies in a file beside the store, which is written before the work and blanked afterwards. It needs no `fsync`:
/// what a process has written is there when that process crashes. A loss of power forgets attempts, no more. Each
/// writing is one call to the system that makes the file no shorter: there may be a flood of contents. Of those that
/// are worked on side by side all are blamed when the service ends.
package final class AttemptLog: Sendable {
    /// So many ends are no coincidence.
    static let limit = 3

    fileprivate struct State {
        /// How often the service ended while it worked on a content.
        var ends: [String: Int] = [:]
        /// What is being worked on, and by how many.
        var begun: [String: Int] = [:]
        /// Of what is written, in bytes; blank lines come after it.
        var length = 0
    }

    private let file: FileHandle?
    private let state: Mutex<State>

    /// - Parameter path: created if it is not there; without a file nothing is remembered.
    package init(path: String) throws {
        if !FileManager.default.fileExists(atPath: path) {
            try Data().write(to: URL(fileURLWithPath: path))
        }
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        let written = try file.readToEnd() ?? Data()
        var attempts: [String: Int] = [:]
        let text = String(decoding: written, as: UTF8.self)
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ", maxSplits: 1)
            guard words.count == 2, let count = Int(words[0]), count > 0 else { continue }
            attempts[String(words[1])] = count
        }
        self.file = file
        state = Mutex(State(ends: attempts, length: (written.lastIndex { $0 != UInt8(ascii: "\n") } ?? -1) + 1))
    }

    /// Remembers nothing.
    package static let none = AttemptLog()

    private init() {
        file = nil
        state = Mutex(State())
    }

    /// How often the service ended while it worked on `content`. To work on it now is not to end.
    func attempts(at content: String) -> Int { state.withLock { $0.ends[content] ?? 0 } }

    func begin(_ contents: [String]) throws {
        try change { state in
            for content in Set(contents) { state.begun[content, default: 0] += 1 }
        }
    }

    /// Does not count those that have begun and came to no end, which was nobody's fault.
    func takeBack(_ contents: [String]) throws {
        try change { $0.stop(contents) }
    }

    /// They are done, and not to be blamed for anything.
    func end(_ contents: [String]) throws {
        try change { state in
            for content in contents { state.ends[content] = nil }
            state.stop(contents)
        }
    }

    /// Takes back what is still being worked on, by somebody who cannot be called back.
    func takeBackUnfinished() throws {
        try change { $0.begun = [:] }
    }

    private func change(_ change: (inout State) -> Void) throws {
        guard let file else { return }
        try state.withLock { state in
            change(&state)
            try Self.write(&state, to: file)
        }
    }

    private static func write(_ state: inout State, to file: FileHandle) throws {
        let attempts = state.ends.merging(state.begun.mapValues { _ in 1 }, uniquingKeysWith: +)
        let lines = attempts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)\n" }
        var text = Data(lines.joined().utf8)
        let length = text.count
        text.append(contentsOf: repeatElement(UInt8(ascii: "\n"), count: max(0, state.length - length)))
        state.length = length
        let wrote = unsafe text.withUnsafeBytes { bytes in
            unsafe pwrite(file.fileDescriptor, bytes.baseAddress, bytes.count, 0)
        }
        guard wrote == text.count else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    }
}

extension AttemptLog.State {
    fileprivate mutating func stop(_ contents: [String]) {
        for content in Set(contents) { begun[content] = begun[content].flatMap { $0 > 1 ? $0 - 1 : nil } }
    }
}
