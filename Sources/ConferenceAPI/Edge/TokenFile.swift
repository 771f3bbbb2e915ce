import Crypto
import Foundation
import Synchronization

/// The bearer tokens of a file, one a line, several valid at once; read again when the file changes.
///
/// Empty lines and those that begin with `#` do not count; a second word is the token's kind, `prosody` when it is
/// absent.
package final class TokenFile: Sendable {
    package enum Kind: String, Sendable, CaseIterable { case prosody, read, admin }

    private struct Loaded {
        var version: FileVersion?
        var digests: [(digest: SHA256Digest, kind: Kind)] = []
    }

    /// What tells one content from another without reading it.
    private struct FileVersion: Equatable {
        var modified: Date?
        var size: UInt64?
        var inode: UInt64?
    }

    private let path: String
    private let loaded = Mutex(Loaded())

    package init(path: String) { self.path = path }

    /// The kind of `token`; `nil` for one that the file does not have.
    ///
    /// Digests are compared, all of them, in constant time.
    /// - Throws: the system's error when the file cannot be read: then nobody can be let in, and nobody turned away.
    package func kind(of token: String) throws -> Kind? {
        let asked = SHA256.hash(data: Data(token.utf8))
        return try loaded.withLock { loaded in
            try reloadIfChanged(&loaded)
            return loaded.digests.reduce(Kind?.none) { found, entry in entry.digest == asked ? entry.kind : found }
        }
    }

    /// The first problem with the file as it is now; `nil` when there is at least one token.
    package func problem() -> String? {
        do {
            let text = try String(contentsOfFile: path, encoding: .utf8)
            if let line = Self.firstUnusableLine(of: text) {
                let kinds = Kind.allCases.map(\.rawValue).joined(separator: ", ")
                return "\(path):\(line): after the token stands no kind (\(kinds))"
            }
            return Self.tokens(in: text).isEmpty ? "\(path) has no token" : nil
        } catch {
            return "\(path) cannot be read: \(error.localizedDescription)"
        }
    }

    private func reloadIfChanged(_ loaded: inout Loaded) throws {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        let version = FileVersion(
            modified: attributes[.modificationDate] as? Date, size: attributes[.size] as? UInt64,
            inode: attributes[.systemFileNumber] as? UInt64
        )
        guard loaded.version != version else { return }
        let text = try String(contentsOfFile: path, encoding: .utf8)
        loaded = Loaded(
            version: version,
            digests: Self.tokens(in: text).map { (SHA256.hash(data: Data($0.token.utf8)), $0.kind) }
        )
    }

    private static func tokens(in text: String) -> [(token: String, kind: Kind)] {
        words(of: text).compactMap { words in
            guard let token = words.first, let kind = kind(of: words) else { return nil }
            return (token, kind)
        }
    }

    private static func firstUnusableLine(of text: String) -> Int? {
        words(of: text).firstIndex { !$0.isEmpty && kind(of: $0) == nil }.map { $0 + 1 }
    }

    /// Of each line; none of one that does not count.
    private static func words(of text: String) -> [[String]] {
        text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { line in
            let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
            return words.first?.hasPrefix("#") == true ? [] : words
        }
    }

    private static func kind(of words: [String]) -> Kind? {
        words.count > 1 ? Kind(rawValue: words[1]) : .prosody
    }
}
