import CalendarImport
import Diagnostics
import Foundation
import ICalendar
import TestSupport
import Testing

@Suite("The samples of all producers")
struct SampleTests {
    static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().appending(path: "Samples")

    static var samples: [String] {
        let paths = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        // What needs a mapping is listed with those that ship, in the tests of bookwatch.
        return paths.filter { path in
            !path.hasPrefix("mapped/") && [".ics", ".xml"].contains { path.hasSuffix($0) }
        }.sorted()
    }

    @Test("What each says is what its reader would expect")
    func listing() throws {
        let reader = try reader()
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var lines: [String] = []
        for sample in Self.samples {
            let parsed = reader.parse(try [UInt8](Data(contentsOf: Self.folder.appending(path: sample))))
            for booking in reader.listing(of: parsed, file: sample) {
                lines.append(String(decoding: try encoder.encode(booking), as: UTF8.self))
            }
            lines += parsed.diagnostics.map { "\($0.located(in: sample).description.prefix { !$0.isNewline })" }
        }
        #expect(Self.samples.count >= 6)
        try expectGolden(lines.joined(separator: "\n") + "\n", "samples.jsonl")
    }
}
