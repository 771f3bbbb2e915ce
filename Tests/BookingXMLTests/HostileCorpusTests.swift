import BookingXML
import Foundation
import ICalendar
import TestSupport
import Testing

@Suite("Hostile files", .enabled(if: Corpus.isPresent, Comment(rawValue: Corpus.absence)))
struct HostileCorpusTests {
    struct Expectation: CustomTestStringConvertible {
        var file: String
        /// `reject`, `bounded`, `accept:N` or `partial:N`.
        var verdict: String
        var testDescription: String { "\(file) \(verdict)" }
    }

    /// Bookings that reading lets through and that the import has to refuse: by room, by length, by number of
    /// occurrences.
    private static let leftToImport = [
        "bidi-and-control.xml": 1, "dates-absurd.xml": 1, "room-injection.xml": 1, "rrule-bomb.xml": 1,
    ]

    private static func expectations() throws -> [Expectation] {
        let folder = try #require(Corpus.folder)
        let table = try String(contentsOf: folder.appending(path: "xml/hostile/EXPECT.tsv"), encoding: .utf8)
        return table.split(separator: "\n").map { row in
            let cells = row.split(separator: "\t")
            return Expectation(file: String(cells[0]), verdict: String(cells[1]))
        }
    }

    private static func reading(_ file: String) throws -> Reading {
        let folder = try #require(Corpus.folder)
        return try Reading(file: folder.appending(path: "xml/hostile/\(file)"))
    }

    @Test("Every verdict is reached")
    func verdicts() throws {
        let expectations = try Self.expectations()
        #expect(expectations.count == 32)
        for expectation in expectations {
            let reading = try Self.reading(expectation.file)
            #expect(verdict(reading, expectation) == expectation.verdict, "\(expectation.file): \(reading.codes)")
        }
    }

    private func verdict(_ reading: Reading, _ expectation: Expectation) -> String {
        let isOver = expectation.verdict == "bounded"
        guard reading.result.isAccepted else { return isOver ? "bounded" : "reject" }
        let count = reading.bookings.count - (Self.leftToImport[expectation.file] ?? 0)
        let word = reading.rejections.isEmpty && count == reading.bookings.count ? "accept" : "partial"
        return "\(word):\(count)"
    }

    @Test(
        "A refusal says why",
        arguments: [
            ("billion-laughs.xml", "XML002"), ("charref-surrogate.xml", "XML001"), ("deep-nesting-300.xml", "XML003"),
            ("ebcdic-cp037.xml", "SRC007"), ("encoding-unknown.xml", "SRC007"), ("entity-internal-small.xml", "XML002"),
            ("entity-recursion.xml", "XML002"), ("gzip-named-xml.xml", "SRC007"),
            ("invalid-utf8-overlong.xml", "SRC007"), ("many-attributes.xml", "XML006"),
            ("namespace-undeclared-prefix.xml", "XML001"), ("only-prolog.xml", "SRC003"),
            ("trailing-garbage.xml", "XML001"), ("truncated-mid-record.xml", "SRC003"),
            ("unparsed-entity.xml", "XML002"), ("xxe-http.xml", "XML002"), ("xxe-relative.xml", "XML002"),
        ])
    func codes(file: String, code: String) throws {
        #expect(try Self.reading(file).codes == [code])
    }

    @Test("Values come out as they are meant")
    func values() throws {
        #expect(try Self.reading("cdata-split.xml").bookings.map(\.event.summary) == ["a]]>b"])
        #expect(try Self.reading("iso-8859-1.xml").bookings.map(\.event.summary) == ["Größe"])
        #expect(try Self.reading("utf16be-bom.xml").bookings.map(\.event.uid) == ["u1"])
        #expect(try Self.reading("xinclude-fallback.xml").bookings.map(\.event.uid) == ["u1"])
        #expect(try Self.reading("room-injection.xml").bookings.map(\.event.location) == ["a\r\nBcc: x@y"])
    }
}
