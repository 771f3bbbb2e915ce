import Foundation
import Reservations
import TestSupport
import Testing

@testable import Reports

@Suite("Formats of reports")
struct ReportFormatTests {
    @Test("The report on an export, in each format", arguments: ReportFormat.allCases)
    func export(format: ReportFormat) throws {
        let text = String(decoding: format.bytes(of: try Sample.report()), as: UTF8.self)
        try expectGolden(text, "export.report.\(format.fileExtension)")
    }

    @Test("The report on conflicts, in each format", arguments: ReportFormat.allCases)
    func conflicts(format: ReportFormat) throws {
        let text = String(decoding: format.bytes(of: try Sample.conflicts()), as: UTF8.self)
        try expectGolden(text, "conflicts.\(format.fileExtension)")
    }

    @Test("The same input in any order gives the same bytes", arguments: ReportFormat.allCases, 0..<50 as Range<UInt64>)
    func order(format: ReportFormat, seed: UInt64) throws {
        let (report, shuffled) = (try Sample.report(), try Sample.report(shuffledBy: seed))
        #expect(format.bytes(of: report) == format.bytes(of: shuffled), "seed \(seed)")
    }

    @Test("No password reaches a report", arguments: ReportFormat.allCases)
    func canary(format: ReportFormat) throws {
        let context = try Sample.context(.all)
        for bytes in [format.bytes(of: try Sample.report(context)), format.bytes(of: try Sample.conflicts(context))] {
            #expect(!String(decoding: bytes, as: UTF8.self).contains("canary"))
        }
    }

    @Test(
        "A list that is too long says in each format how many are missing or there were",
        arguments: ReportFormat.allCases)
    func capped(format: ReportFormat) throws {
        let (whole, context) = (try Sample.report(), try Sample.context(findingLimit: 3))
        let text = String(decoding: format.bytes(of: try Sample.report(context)), as: UTF8.self)
        let (total, missing) = (whole.findings.count, whole.findings.count - 3)
        switch format {
        case .xml: #expect(text.contains("<findings total=\"\(total)\">"))
        case .json: #expect(text.contains("\"findings_total\": \(total)"))
        case .csv, .html: #expect(text.contains("\(missing) more are not listed"))
        }
    }

    @Test("A page tells the booked time in the zone of the report")
    func localTime() throws {
        let page = String(decoding: try Sample.conflicts().html(), as: UTF8.self)
        #expect(page.contains("<div class=\"when\" dir=\"auto\">2026-12-07 10:00–11:00 +01:00</div>"))
    }

    @Test("XML is valid by the schema that ships", .enabled(if: XMLLint.path != nil, "xmllint is not installed"))
    func valid() throws {
        let directory = try TemporaryDirectory()
        let context = try Sample.context(.all)
        var reports = [ReportFormat.xml.bytes(of: try Sample.report(context)), try Sample.conflicts(context).xml()]
        reports.append(ConflictReport([], context: context).xml())
        reports.append(try ExpirySample.report().xml())
        reports += try HostileValueTests.values.map { try ExpirySample.report(ExpirySample.items(summary: $0)).xml() }
        reports += HostileValueTests.values.map { HostileValueTests.report($0).xml() }
        for (number, bytes) in reports.enumerated() {
            try Data(bytes).write(to: directory.url.appending(path: "\(number).xml"))
        }
        let schema = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Sources/Reports/Schema/reports.xsd")
        let files = reports.indices.map { "\(directory.path)/\($0).xml" }
        #expect(try XMLLint.complaints(["--nonet", "--noout", "--schema", schema.path] + files) == nil)
    }

    @Test("XML and HTML show a hostile value as text and obey none", arguments: HostileValueTests.values)
    func hostile(value: String) {
        for bytes in [HostileValueTests.report(value).xml(), HostileValueTests.report(value).html()] {
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(text.utf8.count < 20_000)
            #expect(!text.contains("<script"))
            #expect(!text.unicodeScalars.contains { $0.properties.isBidiControl })
            #expect(!text.unicodeScalars.contains { $0.properties.generalCategory == .control && $0 != "\n" })
        }
    }
}
