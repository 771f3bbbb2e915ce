import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import Reports

@Suite("Reports for a terminal")
struct TextReportTests {
    @Test("The report on an export begins with the verdict, and names file and line of each finding")
    func export() throws {
        try expectGolden(Self.text(try Sample.report()), "export.report.txt")
    }

    @Test("Conflicts are a table, with the reason and what to do below each")
    func conflicts() throws { try expectGolden(Self.text(try Sample.conflicts(Sample.context(.all))), "conflicts.txt") }

    @Test("Expiries are a table, corrections with their revision")
    func expiries() throws { try expectGolden(Self.text(try ExpirySample.report()), "expiries.txt") }

    @Test("Where there is nothing to tell there are no lines")
    func nothing() throws {
        #expect(ConflictReport([], context: try Sample.context()).lines().isEmpty)
        #expect(try ExpirySample.report([]).lines().isEmpty)
    }

    @Test("A list that is too long says how many are missing")
    func capped() throws {
        let context = try Sample.context(findingLimit: 1)
        #expect(try Sample.conflicts(context).lines().last == "1 more are not listed.")
        #expect(try Sample.report(context).lines().last?.hasSuffix(" more are not listed.") == true)
    }

    @Test("A hostile value stays within its line and commands no terminal", arguments: HostileValueTests.values)
    func hostile(value: String) throws {
        let conflicts = try Self.conflict(of: value)
        let expiries = try ExpirySample.report(ExpirySample.items(summary: value)).lines()
        #expect(conflicts.lines().count == 4)
        for line in conflicts.lines() + expiries + HostileValueTests.report(value).lines() {
            #expect(line.count < 6_000)
            #expect(
                !line.unicodeScalars.contains {
                    $0.properties.isBidiControl || $0.properties.generalCategory == .control
                })
        }
    }

    @Test("The gravest item of a report is what its exit code follows")
    func gravest() throws {
        #expect(try Sample.conflicts().gravest == .error)
        #expect(ConflictReport([], context: try Sample.context()).gravest == nil)
        #expect(try Sample.report().gravest == .error)
        #expect(try ExpirySample.report().gravest == .note)
        #expect(try ExpirySample.report([]).gravest == nil)
    }

    private static func text(_ report: some Report) -> String {
        report.lines().map { "\($0)\n" }.joined()
    }

    private static func conflict(of value: String) throws -> ConflictReport {
        var report = try Sample.conflicts(Sample.context(findingLimit: 1))
        report.conflictsTotal = 1
        report.conflicts[0].summary = value
        report.conflicts[0].owner = value
        report.conflicts[0].file = value
        report.conflicts[0].message = value
        return report
    }
}
