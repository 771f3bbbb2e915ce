import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import Reports

@Suite("The index")
struct IndexReportTests {
    @Test("Sources with their sums, the exports that need somebody first")
    func golden() throws {
        let index = Self.index(["a.ics", "größe/b.ics"])
        try expectGolden(String(decoding: index.json(), as: UTF8.self), "index.json")
        try expectGolden(String(decoding: index.html(), as: UTF8.self), "index.html")
    }

    @Test("Names are text and links lead into the tree, whatever they are", arguments: HostileValueTests.values)
    func hostile(value: String) {
        let text = String(decoding: Self.index([value]).html(), as: UTF8.self)
        #expect(!text.contains("<script") && !text.contains("href=\"javascript"))
        #expect(!text.unicodeScalars.contains { $0.properties.generalCategory == .control && $0 != "\n" })
    }

    @Test("More exports than are listed are counted")
    func capped() throws {
        let index = Self.index((0..<IndexReport.listed + 5).map { "\($0).ics" })
        #expect(String(decoding: index.html(), as: UTF8.self).contains("5 more are not listed"))
        #expect(String(decoding: index.json(), as: UTF8.self).contains("\"exports_total\": \(IndexReport.listed + 5)"))
    }

    static func index(_ exports: [String]) -> IndexReport {
        var counts = ExportReport.Counts()
        counts.bookings = 3
        counts.granted = 2
        counts.declined = 1
        counts.errors = 1
        return IndexReport(
            pass: 12, passedAt: Date(timeIntervalSince1970: 1_796_601_600), conflicts: 1,
            exports: exports.enumerated().map { number, export in
                IndexReport.Export(
                    source: "hr", export: export, verdict: number == 0 ? .accepted : .partlyAccepted, counts: counts,
                    path: ReportTree(root: "/r").report(of: "hr", export: export, .json).pathBelowRoot
                        .replacing(".json", with: ""))
            },
            watched: [
                IndexReport.Watched(source: "hr", faults: []),
                IndexReport.Watched(
                    source: "web",
                    faults: [Diagnostic(.unreadable, file: ".", "the source's directory is not there")]),
            ])
    }
}
