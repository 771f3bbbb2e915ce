import Diagnostics
import Foundation
import Reservations
import TestSupport
import Testing

@testable import Reports

@Suite("The report on an export")
struct ExportReportTests {
    @Test("JSON can be read by another reader, and has each field of the design in its order")
    func fields() throws {
        let fields = [
            "file", "line", "uid", "recurrence_id", "sequence", "room", "owner", "summary", "start", "end", "zone",
            "verdict", "code", "severity", "actor", "message", "hint", "blocking", "granted_start", "granted_end",
            "request_status",
        ]
        let report = try Sample.report()
        let read = try #require(
            JSONSerialization.jsonObject(with: Data(report.json())) as? [String: Any])
        let findings = try #require(read["findings"] as? [[String: Any]])
        #expect(findings.count == report.findings.count)
        #expect(findings.allSatisfy { Set($0.keys) == Set(fields) })
        let header = String(decoding: report.csv().prefix { $0 != 13 }, as: UTF8.self)
        #expect(header == fields.joined(separator: ","))
    }

    @Test("The verdict says how much of the export counts")
    func verdicts() throws {
        let all = try Sample.bookings()
        let (granted, declined) = (all.filter { $0.booking.line == 80 }, all.filter { $0.booking.line == 60 })
        let error = Diagnostic(.badDateTime, line: 3, uid: "x", "no such day")
        let warning = Diagnostic(.floatingTime, line: 3, uid: "x", "no zone")
        let note = Diagnostic(.zoneByName, line: 3, uid: "x", "no VTIMEZONE")
        #expect(try verdict(granted, []) == .accepted)
        #expect(try verdict(granted, [note]) == .accepted)
        #expect(try verdict(granted, [warning]) == .acceptedWithWarnings)
        #expect(try verdict(granted, [error]) == .partlyAccepted)
        #expect(try verdict(granted + declined, []) == .partlyAccepted)
        #expect(try verdict(declined, []) == .rejected)
        #expect(try verdict([], [error]) == .rejected)
        // What is over was read, and wants nothing.
        let over = granted.map { ReportedBooking($0.booking, reservations: []) }
        #expect(try verdict(over, []) == .accepted)
        #expect(try verdict(over, [error]) == .partlyAccepted)
        #expect(try verdict(over + declined, []) == .partlyAccepted)
        #expect(try verdict([], []) == .accepted)
        #expect(try verdict([], [Diagnostic(.truncated, "cut off")], usage: .refused) == .rejected)
        #expect(try verdict(granted, [], usage: .unchanged) == .unchanged)
    }

    @Test("Several errors of one entry count as one rejected entry")
    func rejectedOnce() throws {
        #expect(try Sample.report().counts.rejected == 1)
    }

    @Test("A grant whose entry was read otherwise than it is written is adjusted, and its status says how")
    func adjusted() throws {
        let findings = try Sample.report().findings.filter { $0.code == nil && $0.granted != nil }
        #expect(findings.map(\.uid) == ["team-1", "weekly"])
        #expect(findings.map(\.verdict) == [.adjusted, .granted])
        #expect(findings.map(\.requestStatus) == [.propertyIgnored, .ruleClipped])
    }

    @Test("A list that is too long keeps the gravest findings and tells how many there were")
    func capped() throws {
        let report = try Sample.report(Sample.context(findingLimit: 3))
        let whole = try Sample.report()
        #expect(report.findings.count == 3)
        #expect(report.findingsTotal == whole.findings.count)
        #expect(report.findings.allSatisfy { $0.severity == .error })
        #expect(report.counts == whole.counts)
    }

    private func verdict(
        _ bookings: [ReportedBooking], _ diagnostics: [Diagnostic], usage: ExportReport.Usage = .inForce
    ) throws -> ExportReport.Verdict {
        ExportReport(
            source: "web", export: "a.ics", usage: usage, bookings: bookings, diagnostics: diagnostics,
            context: try Sample.context()
        ).verdict
    }
}
