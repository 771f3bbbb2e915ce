import BookingXML
import Foundation
import TestSupport
import Testing

@Suite("Hostile files", .enabled(if: Corpus.isPresent, Comment(rawValue: Corpus.absence)))
struct HostileCorpusTests {
    struct Expectation: CustomTestStringConvertible {
        var file: String
        /// `reject`, `bounded`, `accept:N` or `partial:N`.
        var verdict: String
        var testDescription: String { file }
    }

    static let expectations: [Expectation] = {
        guard let folder = Corpus.folder,
            let table = try? String(contentsOf: folder.appending(path: "xml/hostile/EXPECT.tsv"), encoding: .utf8)
        else { return [] }
        return table.split(separator: "\n").map { row in
            let cells = row.split(separator: "\t")
            return Expectation(file: String(cells[0]), verdict: String(cells[1]))
        }
    }()

    @Test(
        "Each file that must be rejected is, within a second", arguments: expectations.filter { $0.verdict == "reject" }
    )
    func rejected(expectation: Expectation) throws {
        let folder = try #require(Corpus.folder)
        let clock = ContinuousClock()
        var reading: Reading?
        let time = try clock.measure {
            reading = try Reading(file: folder.appending(path: "xml/hostile/\(expectation.file)"))
        }
        #expect(reading?.result.isAccepted == false)
        #expect(time < .seconds(1))
    }
}
