import BookingXML
import CalendarImport
import Diagnostics
import Foundation
import ICalendar
import Reservations
import TestSupport
import Testing

@testable import bookwatch

@Suite("Mapping files")
struct MappingFileTests {
    private static let checkout = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private static let plain = """
        format: plan
        detect: {root: plan}
        record: /plan/entry
        fields:
          room: {xpath: where}
          start: {xpath: from}
          end: {xpath: to}

        """

    private static func read(_ text: String, tables: [String: String] = [:]) throws -> XMLMapping {
        try MappingReader.read(text, file: "m.yaml") { (name) throws(BadConfiguration) in
            guard let table = tables[name] else {
                throw BadConfiguration([Diagnostic(.badValue, file: name, "cannot be read")])
            }
            return table
        }
    }

    @Test("Every part of a file is taken")
    func everything() throws {
        let mapping = try Self.read(
            """
            format: full
            detect: {root: p:plan}
            namespaces: {p: "urn:plan"}
            record: /p:plan/p:entry
            each: p:space
            fields:
              uid: {xpath: "../@id"}
              room: {xpath: "@name", map: {file: rooms.yaml, missing: keep}}
              start: {xpath: "../p:from", formats: [dd.MM.yyyy H:mm, iso8601]}
              duration: {xpath: "../p:for", formats: minutes, default: "60"}
              status: {xpath: "../@state", map: {"9": cancelled}, otherwise: confirmed}
            zone: W. Europe Standard Time
            mode: changes
            """, tables: ["rooms.yaml": "R1: blue\nR2: green\n"])
        #expect(mapping.name == "full")
        #expect(mapping.root.description == "{urn:plan}plan")
        #expect(mapping.path.map(\.local) == ["plan", "entry"])
        #expect(mapping.each?.text == "p:space")
        #expect(mapping.zone == "W. Europe Standard Time")
        #expect(mapping.mode == .changes)
        #expect(mapping.rules.map(\.field) == [.uid, .room, .start, .duration, .status])
        #expect(mapping.rules[1].map == (try ValueMap(["R1": "blue", "R2": "green"], missing: .keep)))
        #expect(mapping.rules[2].timeFormats.map(\.text) == ["dd.MM.yyyy H:mm", "iso8601"])
        #expect(mapping.rules[3].durationFormats == [.minutes])
        #expect(mapping.rules[3].fallback == "60")
        #expect(mapping.rules[4].map == (try ValueMap(["9": "cancelled"], missing: .otherwise("confirmed"))))
    }

    @Test(
        "What is wrong is told with its line, and nothing is in force",
        arguments: [
            ("formats: x\n" + plain, "CFG001", 1, "Did you mean 'format'?"),
            (plain.replacing("detect: {root", with: "detect: {rot"), "CFG001", 2, "Did you mean 'root'?"),
            (plain + "  rooom: {xpath: x}\n", "CFG001", 8, "Did you mean 'room'?"),
            (plain + "  title: {xpat: x}\n", "CFG001", 8, "Did you mean 'xpath'?"),
            (plain.replacing("format: plan\n", with: ""), "CFG002", 1, nil),
            (plain.replacing("record: /plan/entry\n", with: ""), "CFG002", 1, nil),
            (plain.replacing("record: /plan/entry", with: "record: //entry"), "CFG002", 3, nil),
            (plain.replacing("record: /plan", with: "record: /other"), "CFG002", 3, nil),
            (plain.replacing("root: plan", with: "root: p:plan"), "CFG002", 2, nil),
            (plain.replacing("xpath: where", with: "xpath: 'where['"), "CFG002", 5, nil),
            (plain.replacing("xpath: from", with: "xpath: p:from"), "CFG002", 6, nil),
            (plain.replacing("  end: {xpath: to}\n", with: ""), "CFG002", 5, nil),
            (plain + "each: 'count(x)'\n", "CFG002", 8, nil),
            (plain + "namespaces: {xml: x}\n", "CFG002", 8, nil),
            (plain + "zone: Mars/Olympus\n", "CFG002", 8, nil),
            (plain + "mode: both\n", "CFG002", 8, nil),
            (plain + "  modified: {xpath: x, formats: [yyyy]}\n", "CFG002", 8, nil),
            (plain + "  title: {xpath: x, formats: [yyyy]}\n", "CFG002", 8, nil),
            (plain.replacing("end: {xpath: to}", with: "duration: {xpath: to, formats: hours}"), "CFG002", 7, nil),
            (plain + "  status: {xpath: x, map: [a]}\n", "CFG002", 8, nil),
            (plain + "  status: {xpath: x, otherwise: a}\n", "CFG002", 8, nil),
            (plain + "  status: {xpath: x, map: {a: b}, otherwise: a, missing: keep}\n", "CFG002", 8, nil),
            (plain + "  status: {xpath: x, map: {file: none.yaml}}\n", "CFG002", nil, nil),
            (plain + "  status: {xpath: x, map: {file: list.yaml}}\n", "CFG002", 1, nil),
            (plain + "  status: {xpath: x, map: {file: list.yaml, mising: keep}}\n", "CFG001", 8, nil),
            ("format: [", "CFG002", nil, nil), ("7", "CFG002", 1, nil), ("", "CFG002", nil, nil),
        ] as [(String, String, Int?, String?)])
    func findings(text: String, code: String, line: Int?, hint: String?) throws {
        let bad = #expect(throws: BadConfiguration.self) { try Self.read(text, tables: ["list.yaml": "- a"]) }
        let finding = bad?.diagnostics.first { $0.code.rawValue == code && (line == nil || $0.line == line) }
        let found = try #require(finding, "\(bad?.diagnostics.map(\.description) ?? [])")
        if let hint { #expect(found.hint == hint) }
    }

    @Test("A file that is too long, no text, or not there is told")
    func unreadable() throws {
        let folder = try TemporaryDirectory()
        let path = folder.url.appending(path: "m.yaml")
        #expect(throws: BadConfiguration.self) { try MappingFile(path: path.path) }
        try Data(repeating: UInt8(ascii: "#"), count: (1 << 20) + 1).write(to: path)
        #expect(throws: BadConfiguration.self) { try MappingFile(path: path.path) }
        try Data([0xFF]).write(to: path)
        #expect(throws: BadConfiguration.self) { try MappingFile(path: path.path) }
        try Data(Self.plain.utf8).write(to: path)
        #expect(try MappingFile(path: path.path).mapping.name == "plan")
    }

    @Test("A table beside the mapping changes the fingerprint, so that exports are read anew")
    func fingerprint() throws {
        let folder = try TemporaryDirectory()
        let path = folder.url.appending(path: "m.yaml")
        let table = folder.url.appending(path: "rooms.yaml")
        let text = Self.plain.replacing("{xpath: where}", with: "{xpath: where, map: {file: rooms.yaml}}")
        try Data(text.utf8).write(to: path)
        try Data("a: b".utf8).write(to: table)
        let first = try MappingFile(path: path.path).fingerprint
        #expect(try MappingFile(path: path.path).fingerprint == first)
        try Data("a: c".utf8).write(to: table)
        #expect(try MappingFile(path: path.path).fingerprint != first)
    }

    @Test("Two mappings for one root are refused: which one counts would be chance")
    func sameRoot() throws {
        let folder = try TemporaryDirectory()
        var configuration = Configuration()
        for name in ["a.yaml", "b.yaml"] {
            let path = folder.url.appending(path: name)
            try Data(Self.plain.utf8).write(to: path)
            configuration.mappingFiles.append(path.path)
        }
        #expect(throws: BadConfiguration.self) { try configuration.withMappings() }
        configuration.mappingFiles.removeLast()
        #expect(try configuration.withMappings().rules(ofSource: nil).mappings.map(\.name) == ["plan"])
    }

    @Test("The example of the documentation is true")
    func documentation() throws {
        let article = Self.checkout.appending(path: "Sources/BookingXML/BookingXML.docc/Mappings.md")
        let text = try String(contentsOf: article, encoding: .utf8)
        func block(_ language: String) throws -> String {
            let begin = try #require(text.range(of: "```\(language)\n"))
            let end = try #require(text.range(of: "```", range: begin.upperBound..<text.endIndex))
            return String(text[begin.upperBound..<end.lowerBound])
        }
        let bytes = Array(try block("xml").utf8)
        let trial = MappingTrial(try Self.read(try block("yaml")), on: bytes.span, shown: 9)
        #expect(trial.reading.isAccepted)
        #expect(trial.rows.map { $0.reasons.count } == [0, 0])
        #expect(
            trial.rows.map { row in row.fields.map { $0.value ?? "-" } } == [
                [
                    "17/B1", "Blue room", "ada@example.org", "Weekly review", "2026-12-08T10:00:00", "PT5400S",
                    "confirmed",
                ],
                [
                    "17/B2", "Green room", "ada@example.org", "Weekly review", "2026-12-08T10:00:00", "PT5400S",
                    "confirmed",
                ],
            ])
        for field in MappedField.allCases { #expect(text.contains("`\(field.rawValue)`"), "\(field)") }
    }

    // MARK: Those that ship

    private static let shipped = ["r25", "spreadsheetml", "unitime"]

    private static func reader() throws -> ExportReader {
        let mappings = try shipped.map {
            try MappingFile(path: checkout.appending(path: "Config/mappings/\($0).yaml").path).mapping
        }
        let zone = try #require(TimeZoneDatabase.system.zone(named: "Europe/Berlin"))
        var rules = SourceRules(source: "test", rooms: RoomResolver(), zone: zone)
        rules.mappings = mappings
        let today = Date(timeIntervalSince1970: 1_795_348_800)
        return ExportReader(rules: rules, window: ImportWindow(around: today, ahead: .seconds(400 * 86_400)))
    }

    private static func listing(of files: [URL]) throws -> String {
        let reader = try reader()
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var lines: [String] = []
        for file in files {
            let name = file.pathComponents.suffix(2).joined(separator: "/")
            let parsed = reader.parse([UInt8](try Data(contentsOf: file)))
            lines.append("\(name): \(parsed.ending)")
            for booking in reader.listing(of: parsed, file: name) {
                lines.append(String(decoding: try encoder.encode(booking), as: UTF8.self))
            }
            lines += parsed.diagnostics.map { "\($0.located(in: name).description.prefix { !$0.isNewline })" }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func files(below folder: URL) throws -> [URL] {
        try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".xml") }.sorted()
            .map { folder.appending(path: $0) }
    }

    @Test("What each sample says through its mapping is what its reader would expect")
    func samples() throws {
        let files = try Self.files(below: Self.checkout.appending(path: "Samples/mapped"))
        #expect(files.count >= Self.shipped.count)
        try expectGolden(Self.listing(of: files), "mapped-samples.txt")
    }

    @Test("What each real file says", .enabled(if: Corpus.isPresent, Comment(rawValue: Corpus.absence)))
    func corpus() throws {
        let corpus = try #require(Corpus.folder).appending(path: "xml")
        let files = try Self.shipped.flatMap { try Self.files(below: corpus.appending(path: $0)) }
        try expectGolden(Self.listing(of: files), "mapped-corpus.txt")
    }
}
