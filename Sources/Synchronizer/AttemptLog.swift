import Foundation

/// Which contents were being worked on when the service ended without a word, and how often.
///
/// It lies in a file beside the store, which is written before the work and blanked afterwards. It needs no `fsync`:
/// what a process has written is there when that process crashes. A loss of power forgets attempts, no more. Each
/// writing is one call to the system that leaves the file as long as it was: there may be a flood of contents. Of those
/// that are worked on side by side all are blamed when the service ends.
package struct AttemptLog {
    /// So many ends are no coincidence.
    static let limit = 3

    private let file: FileHandle?
    private var attempts: [String: Int] = [:]
    /// Of the file, in bytes; blank lines are at its end.
    private var length = 0

    /// - Parameter path: created if it is not there; without a file nothing is remembered.
    package init(path: String) throws {
        if !FileManager.default.fileExists(atPath: path) {
            try Data().write(to: URL(fileURLWithPath: path))
        }
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        let written = try file.readToEnd() ?? Data()
        length = written.count
        let text = String(decoding: written, as: UTF8.self)
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ", maxSplits: 1)
            guard words.count == 2, let count = Int(words[0]), count > 0 else { continue }
            attempts[String(words[1])] = count
        }
        self.file = file
    }

    /// Remembers nothing.
    package static let none = AttemptLog()

    private init() { file = nil }

    /// How often the service ended while it worked on `content`.
    func attempts(at content: String) -> Int { attempts[content] ?? 0 }

    mutating func begin(_ contents: [String]) throws {
        for content in Set(contents) { attempts[content, default: 0] += 1 }
        try write()
    }

    /// Does not count those that have begun and came to no end, which was nobody's fault.
    mutating func takeBack(_ contents: [String]) throws {
        for content in Set(contents) { attempts[content] = attempts[content].flatMap { $0 > 1 ? $0 - 1 : nil } }
        try write()
    }

    /// They are done, and not to be blamed for anything.
    mutating func end(_ contents: [String]) throws {
        for content in contents { attempts[content] = nil }
        try write()
    }

    private mutating func write() throws {
        guard let file else { return }
        var text = Data(attempts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)\n" }.joined().utf8)
        text.append(contentsOf: repeatElement(UInt8(ascii: "\n"), count: max(0, length - text.count)))
        length = text.count
        let wrote = unsafe text.withUnsafeBytes { bytes in
            unsafe pwrite(file.fileDescriptor, bytes.baseAddress, bytes.count, 0)
        }
        guard wrote == text.count else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    }
}
