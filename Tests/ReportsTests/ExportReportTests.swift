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

    @Test(
        "What comes in parts, and in any order, makes the same report as what comes at once", arguments: [40, 10_000])
    func parts(limit: Int) throws {
        let context = try Sample.context(findingLimit: limit)
        let all = try (1...6_000).map { number in
            try Sample.single(
                "u\(number)", line: number, hours: 9..<10, summary: "",
                participation: number % 5 == 0 ? .cancelled : .confirmed)
        }
        let remarks = (1...3_000).map { Diagnostic($0 % 9 == 0 ? .badRule : .noOwner, line: $0, uid: "u\($0)", "so") }
        let whole = ExportReport(
            source: "web", export: "a.ics", usage: .inForce, bookings: all, diagnostics: remarks, context: context)
        var draft = ExportReportDraft(
            source: "web", export: "a.ics", usage: .inForce, diagnostics: remarks, zone: context.zone, limit: limit)
        let backwards = Array(all.reversed())
        for start in stride(from: 0, to: all.count, by: 700) {
            draft.add(Array(backwards[start..<min(start + 700, all.count)]), context: context)
        }
        #expect(draft.report == whole)
        #expect(whole.findings.count == min(limit, whole.findingsTotal))
        #expect(whole.findings.count { $0.severity == .error } == min(limit, 333))
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
