import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import Reports

@Suite("Findings of a check, for other programs")
struct CheckReportTests {
    private static let report = CheckReport([
        CheckReport.File(
            path: "exports/team 1.ics",
            entries: [
                CheckReport.Entry(uid: "weekly", recurrenceID: nil, line: 4),
                CheckReport.Entry(uid: "weekly", recurrenceID: "20261215T090000Z", line: 40),
                CheckReport.Entry(uid: "late", recurrenceID: nil, line: 60),
            ],
            findings: [
                Diagnostic(.slotTaken, line: 60, uid: "late", "room blue is taken"),
                Diagnostic(.endlessRule, line: 9, uid: "weekly", "the series has no end"),
                Diagnostic(.badLobby, line: 44, uid: "weekly", "lobby is 'perhaps'"),
                Diagnostic(.badPassword, line: 80, uid: "broken", "the password cannot be used"),
                Diagnostic(.badEncoding, "begins with a byte order mark"),
            ]),
        CheckReport.File(path: "/srv/empty.ics", findings: []),
    ])

    @Test("SARIF has a rule for each code that occurs and a result for each finding, with its line")
    func sarif() throws { try expectGolden(Self.text(Self.report.sarif()), "check.sarif") }

    @Test("JUnit's XML has a case for each file and each booking; what is grave enough makes it fail")
    func junit() throws { try expectGolden(Self.text(Self.report.junit(failingFrom: .error)), "check.junit.xml") }

    @Test("What makes a case fail is the operator's choice")
    func threshold() {
        #expect(Self.text(Self.report.junit(failingFrom: .error)).contains("tests=\"6\" failures=\"2\""))
        #expect(Self.text(Self.report.junit(failingFrom: .warning)).contains("tests=\"6\" failures=\"4\""))
    }

    @Test("Without a finding there is no rule and no failure")
    func clean() throws {
        let report = CheckReport([CheckReport.File(path: "a.ics", findings: [])])
        let run = try #require(Self.run(of: report))
        #expect((run["results"] as? [Any])?.isEmpty == true)
        #expect(Self.text(report.junit(failingFrom: .warning)).contains("tests=\"1\" failures=\"0\""))
        #expect(report.gravest == nil)
    }

    @Test(
        "A path is a URI",
        arguments: [
            ("a.ics", "a.ics"), ("ä b/100%.ics", "%C3%A4%20b/100%25.ics"), ("/srv/a.ics", "file:///srv/a.ics"),
            ("c:a.ics", "c%3Aa.ics"), ("a\nb#?.ics", "a%0Ab%23%3F.ics"),
        ])
    func uri(path: String, uri: String) throws {
        let report = CheckReport([CheckReport.File(path: path, findings: [Diagnostic(.truncated, "is empty")])])
        #expect(Self.text(report.sarif()).contains("\"uri\": \"\(uri)\""))
    }

    @Test("A rule is found at the index that a result names")
    func rules() throws {
        let run = try #require(Self.run(of: Self.report))
        let driver = (run["tool"] as? [String: Any])?["driver"] as? [String: Any]
        let rules = try #require(driver?["rules"] as? [[String: Any]])
        let results = try #require(run["results"] as? [[String: Any]])
        #expect(rules.count == 5 && results.count == 5)
        for result in results {
            let index = try #require(result["ruleIndex"] as? Int)
            #expect(rules[index]["id"] as? String == result["ruleId"] as? String)
        }
        #expect(rules.allSatisfy { (($0["help"] as? [String: Any])?["text"] as? String)?.contains("See: ") == true })
    }

    @Test("Hostile values stay text", arguments: HostileValueTests.values)
    func hostile(value: String) throws {
        let entry = CheckReport.Entry(uid: value, recurrenceID: value, line: 1)
        let findings = [
            Diagnostic(.slotTaken, line: 1, uid: value, value, hint: value),
            Diagnostic(.badLobby, line: 2, uid: value + "other", value, hint: value),
        ]
        let report = CheckReport([CheckReport.File(path: value, entries: [entry], findings: findings)])
        #expect(Self.run(of: report) != nil)
        for text in [Self.text(report.sarif()), Self.text(report.junit(failingFrom: .error))] {
            #expect(!text.contains("<script"))
            #expect(!text.unicodeScalars.contains { $0.properties.isBidiControl })
            #expect(!text.unicodeScalars.contains { $0.properties.generalCategory == .control && $0 != "\n" })
        }
    }

    @Test(
        "JUnit's XML is well-formed, whatever is in it", .enabled(if: XMLLint.path != nil, "xmllint is not installed"))
    func wellFormed() throws {
        let directory = try TemporaryDirectory()
        for (number, value) in HostileValueTests.values.enumerated() {
            let finding = Diagnostic(.slotTaken, line: 1, uid: value, value, hint: value)
            let report = CheckReport([CheckReport.File(path: value, findings: [finding])])
            try directory.write(Self.text(report.junit(failingFrom: .error)), to: "\(number).xml")
        }
        let files = HostileValueTests.values.indices.map { "\(directory.path)/\($0).xml" }
        #expect(try XMLLint.complaints(["--nonet", "--noout"] + files) == nil)
    }

    private static func run(of report: CheckReport) -> [String: Any]? {
        let log = try? JSONSerialization.jsonObject(with: Data(report.sarif())) as? [String: Any]
        return (log?["runs"] as? [[String: Any]])?.first
    }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
