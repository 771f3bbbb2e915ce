import BookingXML
import Foundation
import ICalendar
import Testing

@Suite("The documentation is true")
struct DocumentationTests {
    private static let article = sources.appending(path: "BookingXML.docc/NativeVocabulary.md")

    /// The text between the first fences of a language.
    private static func block(_ language: String) throws -> String {
        let text = try String(contentsOf: article, encoding: .utf8)
        let begin = try #require(text.range(of: "```\(language)\n"))
        let end = try #require(text.range(of: "```", range: begin.upperBound..<text.endIndex))
        return String(text[begin.upperBound..<end.lowerBound])
    }

    @Test("The example of the native vocabulary is read without a finding, and xmllint takes it")
    func example() throws {
        let text = try Self.block("xml")
        let reading = Reading(text)
        #expect(reading.result.isAccepted)
        #expect(reading.codes.isEmpty)
        #expect(reading.bookings.map(\.event.uid) == ["review", "review", "fair"])
        guard xmllint != nil else { return }
        #expect(try isValid(text))
    }

    @Test("Each element and attribute of the schema is in the example and in a table")
    func names() throws {
        let article = try String(contentsOf: Self.article, encoding: .utf8)
        let example = try Self.block("xml")
        let schema = try String(contentsOf: schema, encoding: .utf8)
        let names = schema.matches(of: /<xs:(element|attribute) name="([^"]+)"/).map { ($0.1, $0.2) }
        #expect(names.count >= 25)
        for (kind, name) in names {
            #expect(article.contains("| `\(name)` |"), "\(kind) \(name)")
            #expect(example.contains(kind == "element" ? "<\(name)" : " \(name)=\""), "\(kind) \(name)")
        }
    }
}
