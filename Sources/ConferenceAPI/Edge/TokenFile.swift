import Crypto
import Diagnostics
import Foundation
package import Logging
import Synchronization

/// The bearer tokens of a file, one a line, several valid at once; read again when the file changes.
///
/// Empty lines and those that begin with `#` do not count; a second word is the token's kind, `prosody` when it is
/// absent. As with the configuration, all of a change counts or nothing: while the file cannot be used, the tokens that
/// were read last stay valid. Whoever wants to let nobody in takes the tokens' place with a new one.
package final class TokenFile: Sendable {
    package enum Kind: String, Sendable, CaseIterable { case prosody, read, admin }

    /// Why the file gives no tokens, in words that name it and no token.
    package struct Problem: Error, Hashable, Sendable, CustomStringConvertible {
        package let description: String
        /// Whether it can only be mended by another content.
        var isOfContent = true
    }

    private struct Loaded {
        /// Of the content that was looked at last, good or not; `nil` where it could not be read.
        var version: FileVersion?
        /// `nil` before the first good content.
        var digests: [(digest: SHA256Digest, kind: Kind)]?
        /// Of what was looked at last.
        var problem: Problem?
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
    /// - Parameter logger: told once of each change that cannot be used, and when it is mended.
    /// - Throws: `Problem` when no good content was ever read: then nobody can be let in, and nobody turned away.
    package func kind(of token: String, logger: Logger) throws(Problem) -> Kind? {
        let asked = SHA256.hash(data: Data(token.utf8))
        let digests = try loaded.withLock { loaded throws(Problem) in try current(&loaded, logger) }
        return digests.reduce(Kind?.none) { found, entry in entry.digest == asked ? entry.kind : found }
    }

    /// The first problem with the file as it is now; `nil` when there is at least one token.
    package func problem() -> Problem? {
        do throws(Problem) {
            _ = try tokens()
            return nil
        } catch {
            return error
        }
    }

    private func current(
        _ loaded: inout Loaded, _ logger: Logger
    ) throws(Problem) -> [(digest: SHA256Digest, kind: Kind)] {
        let version = version()
        if version == nil || version != loaded.version {
            do throws(Problem) {
                let digests = try tokens().map { (SHA256.hash(data: Data($0.token.utf8)), $0.kind) }
                if loaded.digests != nil { logger.notice("the tokens were read anew") }
                loaded = Loaded(version: version, digests: digests)
            } catch {
                if error != loaded.problem || version != nil && error.isOfContent { tell(error, logger) }
                // What could not be read is tried again with every request: a right to read changes no version.
                loaded.version = error.isOfContent ? version : nil
                loaded.problem = error
            }
        }
        guard let digests = loaded.digests else { throw loaded.problem ?? Problem(description: "\(path) was not read") }
        return digests
    }

    private func tell(_ problem: Problem, _ logger: Logger) {
        logger.error(
            "the token file cannot be used, the tokens read before stay valid",
            metadata: ["code": "\(DiagnosticCode.badValue.rawValue)", "reason": "\(problem)"])
    }

    /// `nil` where it is not there.
    private func version() -> FileVersion? {
        do {
            let attributes = try FileManager.default.attributesOfItem(
                atPath: URL(fileURLWithPath: path).resolvingSymlinksInPath().path)
            return FileVersion(
                modified: attributes[.modificationDate] as? Date, size: attributes[.size] as? UInt64,
                inode: attributes[.systemFileNumber] as? UInt64)
        } catch {
            return nil
        }
    }

    private func tokens() throws(Problem) -> [(token: String, kind: Kind)] {
        let bytes: Data
        do {
            bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            throw Problem(description: "\(path) cannot be read: \(SystemReason.of(error))", isOfContent: false)
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Problem(description: "\(path) is not in UTF-8")
        }
        if let line = Self.firstUnusableLine(of: text) {
            let kinds = Kind.allCases.map(\.rawValue).joined(separator: ", ")
            throw Problem(description: "\(path):\(line): after the token stands no kind (\(kinds))")
        }
        let tokens = Self.tokens(in: text)
        guard !tokens.isEmpty else { throw Problem(description: "\(path) has no token") }
        return tokens
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
