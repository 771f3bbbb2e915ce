import Diagnostics
import Foundation
import Reservations
import TestSupport
import Testing

@testable import Reports

@Suite("The log of events")
struct EventTests {
    private static let now = Date(timeIntervalSince1970: 1_796_601_600)

    @Test("Each change has its name")
    func kinds() throws {
        let (granted, declined) = (try Self.state(.granted), try Self.state(.declined))
        var (moved, renamed) = (granted, granted)
        moved.reservation.slot = try Sample.slot(40..<41)
        renamed.reservation.summary = "Another"
        let cases: [(ReportedReservation?, ReportedReservation?, ReservationEvent.Kind?)] = [
            (nil, granted, .granted), (nil, declined, .declined), (nil, try Self.state(.duplicate), .duplicate),
            (declined, granted, .promoted), (granted, declined, .displaced), (granted, moved, .moved),
            (granted, renamed, .changed), (granted, nil, .withdrawn), (declined, nil, .withdrawn),
            (granted, granted, nil), (nil, nil, nil),
        ]
        for (before, after, kind) in cases { #expect(Self.event(before, after)?.kind == kind) }
    }

    @Test("What was over and leaves the store was not withdrawn")
    func over() throws {
        let over = try Self.state(.granted, hours: -20..<(-19))
        #expect(Self.event(over, nil) == nil)
    }

    @Test("Occurrences that share a fate are one line, and the others are not")
    func joined() throws {
        var events = try (0..<5).compactMap { week in
            Self.event(nil, try Self.state(week == 2 ? .declined : .granted, week: week))
        }
        events = ReservationEvent.joined(events)
        #expect(events.map(\.kind) == [.granted, .declined])
        #expect(events.map(\.occurrences) == [4, 1])
    }

    @Test("A line is JSON by itself, whatever the values are", arguments: HostileValueTests.values)
    func lines(value: String) throws {
        var state = try Self.state(.declined)
        state.reservation.id.uid = value
        state.reservation.source = value
        let line = try #require(Self.event(nil, state)).line()
        #expect(line.count(where: { $0 == UInt8(ascii: "\n") }) == 1 && line.last == UInt8(ascii: "\n"))
        let read = try #require(JSONSerialization.jsonObject(with: Data(line)) as? [String: Any])
        #expect(read["event"] as? String == "declined" && read["code"] as? String == "CNF001")
        #expect(line.count < 2_500)
    }

    @Test("Lines are appended; a torn one is ended first; a large file makes room for a new one, and the oldest goes")
    func appending() throws {
        let directory = try TemporaryDirectory()
        let log = EventLog(in: directory.path + "/reports", limit: 10, kept: 2)
        #expect(log.append(Array("one\n".utf8)) == nil)
        try Data("one\ntorn".utf8).write(to: directory.url.appending(path: "reports/events.jsonl"))
        #expect(log.append(Array("two\n".utf8)) == nil)
        func text(_ name: String) throws -> String {
            try String(contentsOf: directory.url.appending(path: "reports/\(name)"), encoding: .utf8)
        }
        #expect(try text("events.jsonl") == "one\ntorn\ntwo\n")
        for number in 3...6 { #expect(log.append(Array("number \(number)\n".utf8)) == nil) }
        #expect(try text("events.jsonl") == "number 6\n" || text("events.jsonl") == "number 5\nnumber 6\n")
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path + "/reports").count == 3)
        #expect(log.append([]) == nil)
    }

    @Test("A log that cannot be written is told (RPT001)")
    func unwritable() throws {
        let directory = try TemporaryDirectory()
        try directory.write("a file", to: "reports")
        let failure = try #require(EventLog(in: directory.path + "/reports").append(Array("x\n".utf8)))
        #expect(failure.code == .reportNotWritten)
    }

    private static func event(_ before: ReportedReservation?, _ after: ReportedReservation?) -> ReservationEvent? {
        ReservationEvent(from: before, to: after, at: now, pass: 7, now: now)
    }

    private static func state(
        _ verdict: Verdict, hours: Range<Int> = 33..<34, week: Int? = nil
    ) throws -> ReportedReservation {
        let reservation = try Sample.reservation(
            "u", source: "s", hours: hours.lowerBound + 168 * (week ?? 0)..<hours.upperBound + 168 * (week ?? 0),
            owner: "ann@example.org", summary: "x", recurrenceID: week.map { "2026120\($0)T090000Z" })
        return ReportedReservation(reservation, try Sample.decision(reservation, verdict: verdict, lost: .created))
    }
}
