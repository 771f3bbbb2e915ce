import Diagnostics
import Foundation
import ICalendar
import Reservations
import TestSupport
import Testing

@testable import Reports

@Suite("Replies and free/busy")
struct CalendarReportTests {
    /// What the design's table says: case, PARTSTAT, REQUEST-STATUS.
    @Test(
        "A decision becomes the answer of the table",
        arguments: [
            (Verdict.granted, false, nil, "ACCEPTED", "2.0;Success"),
            (
                .granted, false, RequestStatus.fallbackTaken, "ACCEPTED",
                "2.1;Success\\, but fallback taken on one or more property values"
            ),
            (
                .granted, false, .ruleClipped, "ACCEPTED",
                "2.11;Success\\, unbounded RRULE clipped at some finite number of instances"
            ),
            (.granted, false, .propertyIgnored, "ACCEPTED", "2.2;Success\\, invalid property ignored"),
            (.granted, true, nil, "TENTATIVE", "2.0;Success"),
            (.declined, false, nil, "DECLINED", "4.0;Event conflict. Date/time is busy"),
        ] as [(Verdict, Bool, RequestStatus?, String, String)])
    func decided(verdict: Verdict, tentative: Bool, remark: RequestStatus?, status: String, request: String) throws {
        let entry = try Self.entry(verdict: verdict, tentative: tentative, remark: remark)
        let text = try Self.text([entry])
        #expect(text.contains("PARTSTAT=\(status):mailto:blue@rooms.example.org"))
        #expect(text.contains("REQUEST-STATUS:\(request)\r\n"))
    }

    @Test(
        "An entry that could not be read is declined, and its sender told why",
        arguments: [
            (DiagnosticCode.badPassword, "3.1"), (.noRoom, "3.11"), (.unknownRoom, "3.1"), (.badDateTime, "3.5"),
            (.endNotAfterStart, "3.5"), (.badRule, "3.6"),
            (.tooManyOccurrences, "3.10"), (.tooLong, "3.10"), (.missingStart, "3.11"),
        ])
    func rejected(code: DiagnosticCode, request: String) throws {
        let text = try Self.text([], [Self.refusal(code)])
        #expect(text.contains("PARTSTAT=DECLINED"))
        #expect(text.contains("REQUEST-STATUS:\(request);"))
        #expect(text.contains("COMMENT:what is wrong. "))
    }

    @Test("Where an entry of the UID could not be read, the others carry no status (RFC 5546 §3.6)")
    func unreadable() throws {
        let override = Self.refusal(.badRule, recurrenceID: "20261214T090000Z")
        let text = try Self.text([try Self.entry(verdict: .granted)], [override])
        #expect(text.components(separatedBy: "BEGIN:VEVENT").count == 3)
        #expect(text.components(separatedBy: "REQUEST-STATUS").count == 2)
        #expect(text.contains("REQUEST-STATUS:3.6;"))
    }

    @Test("A series is answered once, then the occurrences that differ; promoted ones are told by themselves")
    func series() throws {
        var entries = try (0..<4).map { try Self.entry(verdict: $0 == 1 ? .declined : .granted, week: $0) }
        entries[3].reported.decision.code = .promoted
        try expectGolden(try Self.text(entries), "reply.ics")
        try expectGolden(try Self.text(entries.reversed()), "reply.ics")
    }

    @Test("A series that got nothing is declined once")
    func declinedSeries() throws {
        let text = try Self.text(try (0..<4).map { try Self.entry(verdict: .declined, week: $0) })
        #expect(text.components(separatedBy: "BEGIN:VEVENT").count == 2)
        #expect(!text.contains("RECURRENCE-ID") && text.contains("PARTSTAT=DECLINED"))
    }

    @Test(
        "Who gets a reply learns of another booking when it is, and no more, whatever the reports disclose",
        arguments: Disclosure.allCases, [Verdict.declined, .duplicate])
    func privacy(disclosure: Disclosure, verdict: Verdict) throws {
        let entry = try Self.entry(verdict: verdict)
        let decision = entry.reported.decision
        // The winner is of the same source, so the report for its sender names it.
        var winner = try Sample.reservation(
            "canary-uid", source: "web", hours: 9..<10, owner: "canary@example.org", summary: "Canary title")
        winner.id = try #require(decision.blocking.first)
        winner.id.uid = "canary-uid"
        var told = entry
        told.reported.decision.blocking = [winner.id]
        let context = ReportContext(zone: .gmt, disclosure: disclosure) { [winner] in $0 == winner.id ? winner : nil }
        #expect("\(Finding(told.reported, context: context))".contains("canary-uid"))

        let reply = try #require(try Self.reply([told], [], context: context))
        let text = String(decoding: reply.bytes(), as: UTF8.self).replacing("\r\n ", with: "")
        #expect(!text.lowercased().contains("canary"), "\(text)")
        if verdict == .declined {
            #expect(text.contains("is taken 2026-12-07 09:00–10:00") && text.contains("the room is free"), "\(text)")
        }
    }

    @Test("No decision, no reply")
    func nothing() throws {
        #expect(try Self.reply([], []) == nil)
        #expect(try Self.reply([], [Self.refusal(.staleRevision)]) == nil)
    }

    @Test("Values that could end a line or a component do neither", arguments: HostileValueTests.values)
    func hostile(value: String) throws {
        var entry = try Self.entry(verdict: .declined)
        entry.reported.reservation.id.uid = value
        entry.reported.reservation.shownRoom = value
        let reply = try #require(try Self.reply([entry], [], uid: value.isEmpty ? "x" : value))
        let document = CalendarDocument(reply.bytes())
        #expect(document.isComplete && document.diagnostics.isEmpty)
        let calendar = try #require(document.calendars.first)
        #expect(calendar.method == "REPLY" && Array(calendar.events).count == 1)
        #expect(reply.bytes().count < 3_000_000)
    }

    @Test("Free/busy tells when a room is taken and no more")
    func freeBusy() throws {
        let room = try #require(RoomName("blue"))
        var tentative = try Sample.reservation("b", source: "s", hours: 33..<34, owner: "a@b.c", summary: "Secret")
        tentative.participation = .tentative
        let plain = try Sample.reservation("a", source: "s", hours: 9..<10, owner: "a@b.c", summary: "Secret")
        let decidedAt = Date(timeIntervalSince1970: 1_796_000_000)
        let report = FreeBusyReport(
            of: room, address: Participant("blue@rooms.example.org"),
            granted: [(tentative, decidedAt), (plain, decidedAt - 60)])
        try expectGolden(String(decoding: report.bytes(), as: UTF8.self), "blue.ifb")
        #expect(FreeBusyReport(of: room, address: nil, granted: []).isEmpty)
    }

    static func text(_ decided: [DecidedEntry], _ rejected: [RefusedEntry] = []) throws -> String {
        String(decoding: try #require(try reply(decided, rejected)).bytes(), as: UTF8.self)
            .replacing("\r\n ", with: "")
    }

    static func reply(
        _ decided: [DecidedEntry], _ rejected: [RefusedEntry], uid: String = "weekly", context: ReportContext? = nil
    ) throws -> Reply? {
        Reply(
            to: try #require(Participant("ann@example.org")), from: try #require(Participant("blue@rooms.example.org")),
            uid: uid, decided: decided, rejected: rejected, context: try context ?? Sample.context())
    }

    static func refusal(_ code: DiagnosticCode, recurrenceID: String? = nil) -> RefusedEntry {
        RefusedEntry(
            recurrenceID: recurrenceID.map { RecurrenceID($0) }, sequence: 3, code: code, message: "what is wrong",
            refusedAt: Date(timeIntervalSince1970: 1_796_000_000))
    }

    /// The occurrence of week `week`, or a booking that does not recur.
    static func entry(
        verdict: Verdict, week: Int? = nil, tentative: Bool = false, remark: RequestStatus? = nil
    ) throws -> DecidedEntry {
        let (hour, id) = (
            9 + (week ?? 0) * 168, week.map { ["20261207", "20261214", "20261221", "20261228"][$0] + "T090000Z" }
        )
        var reservation = try Sample.reservation(
            "weekly", source: "web", hours: hour..<hour + 1, owner: "ann@example.org", summary: "Weekly",
            recurrenceID: id)
        if tentative { reservation.participation = .tentative }
        let decision = try Sample.decision(reservation, verdict: verdict, lost: .created)
        return DecidedEntry(
            ReportedReservation(reservation, decision), sequence: 2, isOverride: false,
            isHonoured: verdict == .granted, remark: remark,
            decidedAt: Date(timeIntervalSince1970: 1_796_000_000 + Double(week ?? 0) * 60))
    }
}
