import Foundation
import TestSupport
import Testing

@testable import ConferenceAPI

@Suite("Tokens")
struct TokenFileTests {
    @Test("Several are valid at once, a change of the file counts at once, and a file that is gone is an error")
    func rotation() throws {
        let directory = try TemporaryDirectory()
        let file = try directory.write("# comment\n\nold\nnew\tread\n", to: "tokens")
        let tokens = TokenFile(path: file.path)
        #expect(try tokens.kind(of: "old") == .prosody)
        #expect(try tokens.kind(of: "new") == .read)
        for unknown in ["", "ol", "old ", "odd", "#", "# comment"] { #expect(try tokens.kind(of: unknown) == nil) }
        #expect(tokens.problem() == nil)

        try directory.write("newest admin\n", to: "tokens")
        #expect(try tokens.kind(of: "old") == nil)
        #expect(try tokens.kind(of: "newest") == .admin)
        try FileManager.default.removeItem(at: file)
        #expect(throws: (any Error).self) { try tokens.kind(of: "newest") }
        #expect(tokens.problem() != nil)
    }

    @Test("A line with a kind that there is not is told by its number, never by its token")
    func unusableLine() throws {
        let directory = try TemporaryDirectory()
        let tokens = TokenFile(path: try directory.write("# comment\nold\nsecret prossody\n", to: "tokens").path)
        #expect(try tokens.kind(of: "secret") == nil)
        let problem = try #require(tokens.problem())
        #expect(problem.contains("tokens:3:") && !problem.contains("secret"))
    }
}
