import Foundation
import Logging
import Synchronization
import TestSupport
import Testing

@testable import ConferenceAPI

/// What was logged, a line each.
private final class Lines: LogHandler, Sendable {
    private let lines = Mutex<[String]>([])
    var all: [String] { lines.withLock { $0 } }
    var logger: Logger { Logger(label: "test") { _ in self } }

    var logLevel: Logger.Level {
        get { .trace }
        set {}
    }
    var metadata: Logger.Metadata {
        get { [:] }
        set {}
    }
    subscript(metadataKey _: String) -> Logger.Metadata.Value? {
        get { nil }
        set {}
    }

    func log(event: LogEvent) {
        let metadata = event.metadata?.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: " ") ?? ""
        lines.withLock { $0.append("\(event.level): \(event.message) \(metadata)") }
    }
}

@Suite("Tokens")
struct TokenFileTests {
    private let directory: TemporaryDirectory
    private let log = Lines()

    init() throws { directory = try TemporaryDirectory() }

    private func kind(of token: String, in tokens: TokenFile) throws -> TokenFile.Kind? {
        try tokens.kind(of: token, logger: log.logger)
    }

    @Test("Several are valid at once, and a change of the file counts at once")
    func rotation() throws {
        let file = try directory.write("# comment\n\nold\nnew\tread\n", to: "tokens")
        let tokens = TokenFile(path: file.path)
        #expect(try kind(of: "old", in: tokens) == .prosody)
        #expect(try kind(of: "new", in: tokens) == .read)
        for unknown in ["", "ol", "old ", "odd", "#", "# comment"] { #expect(try kind(of: unknown, in: tokens) == nil) }
        #expect(tokens.problem() == nil)

        try directory.write("newest admin\n", to: "tokens")
        #expect(try kind(of: "old", in: tokens) == nil)
        #expect(try kind(of: "newest", in: tokens) == .admin)
        #expect(log.all.count == 1, "\(log.all)")
    }

    @Test(
        "A file that cannot be used any more leaves the tokens as they were, and is told once",
        arguments: [
            ("", "has no token"), ("# all gone\n", "has no token"), ("next\nsecret prossody\n", "tokens:2:"),
            (nil, "No such file or directory"),
        ] as [(String?, String)])
    func unusable(content: String?, reason: String) throws {
        let file = try directory.write("good\n", to: "tokens")
        let tokens = TokenFile(path: file.path)
        #expect(try kind(of: "good", in: tokens) == .prosody)
        if let content {
            try directory.write(content, to: "tokens")
        } else {
            try FileManager.default.removeItem(at: file)
        }
        for _ in 0..<3 {
            #expect(try kind(of: "good", in: tokens) == .prosody)
            #expect(try kind(of: "next", in: tokens) == nil)
        }
        let told = try #require(log.all.last)
        #expect(log.all.count == 1 && told.contains("CFG002") && told.contains(reason), "\(log.all)")
        #expect(!told.contains("secret"))
        #expect(tokens.problem() != nil)

        try directory.write("next\n", to: "tokens")
        #expect(try kind(of: "next", in: tokens) == .prosody)
        #expect(try kind(of: "good", in: tokens) == nil)
    }

    @Test("A file that may not be read any more, and then may, counts again without being written")
    func rights() throws {
        let file = try directory.write("good\n", to: "tokens")
        let away = directory.url.appending(path: "away")
        let tokens = TokenFile(path: file.path)
        #expect(try kind(of: "good", in: tokens) == .prosody)
        for _ in 0..<2 {
            try FileManager.default.moveItem(at: file, to: away)
            #expect(try kind(of: "good", in: tokens) == .prosody)
            try FileManager.default.moveItem(at: away, to: file)
            #expect(try kind(of: "good", in: tokens) == .prosody)
        }
        #expect(log.all.count { $0.contains("CFG002") } == 2, "\(log.all)")
    }

    @Test("What was never read lets nobody in and turns nobody away")
    func neverRead() throws {
        let tokens = TokenFile(path: "\(directory.path)/none")
        #expect(throws: TokenFile.Problem.self) { try kind(of: "any", in: tokens) }
    }

    @Test("A line with a kind that there is not is told by its number, never by its token")
    func unusableLine() throws {
        let tokens = TokenFile(path: try directory.write("# comment\nold\nsecret prossody\n", to: "tokens").path)
        let problem = try #require(tokens.problem()).description
        #expect(problem.contains("tokens:3:") && !problem.contains("secret"))
    }
}
