import Diagnostics
import DirectoryWatch
import Foundation
import Reservations
import Synchronizer
import TestSupport
import Testing

@testable import bookwatch

@Suite("The configuration file")
struct ConfigurationFileTests {
    @Test(
        "What is misspelt or of the wrong kind is told with its line, and nothing is in force",
        arguments: [
            ("listen:\n  prot: 1", "CFG001", 2, "Did you mean 'port'?"),
            ("polcy: {}", "CFG001", 1, "Did you mean 'policy'?"),
            ("listen:\n  port: abc", "CFG002", 2, nil),
            ("listen:\n  port: 70000", "CFG002", 2, nil),
            ("policy:\n\n  freeze: soon", "CFG002", 3, nil),
            ("rooms:\n  - match: a\n    owner_policy: boss", "CFG002", 3, nil),
            ("sources:\n  - name: hr", "CFG002", 2, nil),
            ("sources:\n  - {name: hr, directory: x, rooms: [url, mind]}", "CFG002", 2, nil),
            ("sources: 7", "CFG002", 1, nil),
            ("listen: [", "CFG002", nil, nil),
            ("log: {level: info}\nlog: {level: debug}", "CFG002", nil, nil),
        ] as [(String, String, Int?, String?)]
    )
    func findings(text: String, code: String, line: Int?, hint: String?) throws {
        let bad = #expect(throws: BadConfiguration.self) { try ConfigurationFile.read(text, file: "b.yaml") }
        let finding = try #require(bad?.diagnostics.first)
        #expect(finding.code.rawValue == code)
        if let line { #expect(finding.line == line) }
        if let hint { #expect(finding.hint == hint) }
    }

    @Test("All findings come at once, in order of line")
    func all() throws {
        let bad = #expect(throws: BadConfiguration.self) {
            try ConfigurationFile.read("zone: [a]\nlisten:\n  prot: 1\n  port: x", file: "b.yaml")
        }
        #expect(bad?.diagnostics.compactMap(\.line) == [1, 3, 4])
    }

    @Test("An empty file is the defaults", arguments: ["", "# nothing\n", "listen:\n"])
    func empty(text: String) throws {
        #expect(try ConfigurationFile.read(text, file: "b.yaml") == Configuration())
    }

    @Test(
        "Lengths have a unit",
        arguments: [
            ("10m", 600), ("0s", 0), ("2h", 7_200), ("400d", 34_560_000), ("10", nil), ("m", nil), ("-1s", nil),
            ("1.5h", nil), ("10000d", 864_000_000), ("10001d", nil), ("99999999d", nil),
        ] as [(String, Int?)]
    )
    func durations(text: String, seconds: Int?) {
        #expect(DurationText.parse(text) == seconds.map { .seconds($0) })
    }

    @Test("The policies are those of the file")
    func policies() throws {
        let text = """
            rooms: [{match: "lobby*", unbooked: open}]
            policy: {early_join: 1m, overrun: 2m, handover: 3m, adhoc_duration: 4m, buffer: 5m, freeze: 6m, horizon: 7d}
            store: {retention: 8d, personal_retention: 9d}
            """
        let configuration = try ConfigurationFile.read(text, file: "b.yaml")
        let admission = try configuration.admissionPolicy()
        #expect(
            [admission.earlyJoin, admission.overrun, admission.handover] == [
                .seconds(60), .seconds(120), .seconds(180),
            ])
        #expect(admission.adHocDuration == .seconds(240))
        #expect(try admission.catalogue.terms(for: #require(RoomName("lobby1"))).unbooked == .open)
        let conflicts = ConflictPolicy(buffer: .seconds(300), freeze: .seconds(360), horizon: .seconds(7 * 86_400))
        #expect(try configuration.conflictPolicy() == conflicts)
        #expect(configuration.retention.all == .seconds(8 * 86_400))
        #expect(configuration.retention.personal == .seconds(9 * 86_400))
    }

    private func findings(about configuration: Configuration) async -> [Diagnostic] {
        let patience = Patience(clock: ManualClock(), limit: .seconds(2))
        let found = await FoundDirectories(at: configuration.askedDirectories, within: patience)
        return StartChecks.findings(about: configuration, found: found)
    }

    @Test("Two sources never write their reports over each other's", arguments: ["b", "a"])
    func reportsTo(second: String) async throws {
        let text = """
            sources:
              - {name: a, directory: /x, reports_to: /out/a}
              - {name: b, directory: /y, reports_to: /out/\(second)}
            """
        let findings = await findings(about: try ConfigurationFile.read(text, file: "b.yaml"))
        #expect(findings.map(\.code) == (second == "a" ? [.badValue] : []))
    }

    @Test("Reports inside a watched directory are refused by whatever name, also where they are not made yet")
    func reportsBehindLink() async throws {
        let directory = try TemporaryDirectory()
        let (exports, link) = ("\(directory.path)/exports", "\(directory.path)/link")
        try FileManager.default.createDirectory(atPath: exports, withIntermediateDirectories: false)
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: exports)
        for reports in ["\(link)", "\(link)/answers/new", "\(exports)/answers"] {
            let text = "sources: [{name: a, directory: \(exports)}]\nreports: {directory: \(reports)}"
            let findings = await findings(about: try ConfigurationFile.read(text, file: "b.yaml"))
            #expect(findings.map(\.code) == [.reportsInsideWatched], "\(reports)")
        }
    }

    @Test("Own reports in a watched directory are not read, by whatever name", arguments: [true, false])
    func ownReports(isSourceLinked: Bool) async throws {
        let directory = try TemporaryDirectory()
        let (exports, link) = ("\(directory.path)/exports", "\(directory.path)/link")
        try FileManager.default.createDirectory(atPath: exports, withIntermediateDirectories: false)
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: exports)
        let (watched, written) = isSourceLinked ? (link, exports) : (exports, link)
        let text = "sources: [{name: a, directory: \(watched), reports_to: \(written)/answers}]"
        let configuration = try ConfigurationFile.read(text, file: "b.yaml")
        let patience = Patience(clock: ManualClock(), limit: .seconds(2))
        let found = await FoundDirectories(at: configuration.askedDirectories, within: patience)
        #expect(try configuration.watchedSources(found: found).map(\.root.excluded) == [["answers"]])
    }

    @Test("The store is one by whatever name, also before it is made")
    func storeBehindLink() throws {
        let directory = try TemporaryDirectory()
        let link = "\(directory.path)/link.sqlite"
        try FileManager.default.createSymbolicLink(
            atPath: link, withDestinationPath: "\(directory.path)/store.sqlite")
        var configuration = Configuration()
        configuration.store.path = "\(directory.path)/store.sqlite"
        let path = configuration.storePath
        configuration.store.path = link
        #expect(configuration.storePath == path)
        try directory.write("", to: "store.sqlite")
        #expect(configuration.storePath == path)
    }

    @Test("A link in a linked directory leads where the kernel says, and one that leads nowhere stays")
    func linkedFiles() throws {
        let directory = try TemporaryDirectory()
        try directory.write("", to: "real/deep/.keep")
        func link(_ name: String, to target: String) throws -> String {
            let path = "\(directory.path)/\(name)"
            try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
            return path
        }
        _ = try link("state", to: "real/deep")
        _ = try link("real/deep/a", to: "../b")
        #expect(LinkedFile.place(of: "\(directory.path)/state/a") == "\(directory.path)/real/b")
        _ = try link("real/b", to: "\(directory.path)/c")
        #expect(LinkedFile.place(of: "\(directory.path)/state/a") == "\(directory.path)/c")
        let nowhere = try link("nowhere", to: "missing/x")
        #expect(LinkedFile.place(of: nowhere) == nowhere)
        let circle = try link("circle", to: "circle")
        #expect(LinkedFile.place(of: circle) == circle)
    }

    @Test(
        "The store keeps what a month's reports are made of",
        arguments: [
            ("", true), ("retention: 33d", true), ("retention: 32d", false), ("retention: 60d", true),
            ("retention: 60d, personal_retention: 58d", false), ("retention: 60d, personal_retention: 57d", true),
        ])
    func retention(store: String, isFine: Bool) async throws {
        let configuration = try ConfigurationFile.read("store: {\(store)}", file: "b.yaml")
        #expect(await findings(about: configuration).map(\.code) == (isFine ? [] : [.badValue]))
    }

    @Test("The shipped example is whole: it is read, and its commented defaults are the defaults")
    func example() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Config/bookwatch.yaml")
        let configuration = try ConfigurationFile.read(
            String(contentsOf: file, encoding: .utf8), file: "bookwatch.yaml")
        #expect(configuration.listen == Configuration.Listen())
        #expect(configuration.policy == Configuration.Policy())
        #expect(configuration.log == Configuration.Log())
        #expect(configuration.reports == Configuration.Reports())
        #expect(configuration.sources.map(\.name) == ["hr"])
        #expect(try configuration.catalogue().terms(for: #require(RoomName("boardroom"))).ownerPolicy == .attendee)
        _ = try configuration.watchedSources()
    }

    @Test("Every key that the example comments out is known")
    func commentedKeys() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Config/bookwatch.yaml")
        let lines = try String(contentsOf: file, encoding: .utf8).split(
            separator: "\n", omittingEmptySubsequences: false)
        let uncommented = lines.map { line -> String in
            let text = String(line)
            guard let hash = text.range(of: "# "), text[..<hash.lowerBound].allSatisfy({ $0 == " " }),
                text[hash.upperBound...].drop(while: { $0 == " " }).prefix(while: { $0 != " " }).hasSuffix(":")
            else { return text }
            return String(text[..<hash.lowerBound]) + text[hash.upperBound...]
        }
        let text = uncommented.joined(separator: "\n")
        #expect(text.contains("\n    uid_scope: global"))
        _ = try ConfigurationFile.read(text, file: "bookwatch.yaml")
    }
}
