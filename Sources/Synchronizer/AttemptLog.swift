import Foundation

/// Which contents were being read when the service ended without a word, and how often.
///
/// It lies in a file beside the store, which is written before a content is read and emptied afterwards. It needs no
/// `fsync`: what a process has written is there when that process crashes. A loss of power forgets attempts, no more.
package struct AttemptLog {
    /// So many ends are no coincidence.
    static let limit = 3

    private let file: FileHandle?
    private var attempts: [String: Int] = [:]

    /// - Parameter path: created if it is not there; without a file nothing is remembered.
    package init(path: String) throws {
        if !FileManager.default.fileExists(atPath: path) {
            try Data().write(to: URL(fileURLWithPath: path))
        }
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        let text = String(decoding: try file.readToEnd() ?? Data(), as: UTF8.self)
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

    /// How often the service ended while it read `content`.
    func attempts(at content: String) -> Int { attempts[content] ?? 0 }

    mutating func begin(_ content: String) throws {
        attempts[content, default: 0] += 1
        try write()
    }

    mutating func end(_ content: String) throws {
        attempts[content] = nil
        try write()
    }

    private func write() throws {
        guard let file else { return }
        let text = attempts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)\n" }.joined()
        try file.seek(toOffset: 0)
        try file.write(contentsOf: Data(text.utf8))
        try file.truncate(atOffset: UInt64(text.utf8.count))
    }
}
