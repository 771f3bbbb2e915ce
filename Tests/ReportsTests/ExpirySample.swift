import Foundation
import Reservations
import Testing

@testable import Reports

/// A day with one of every outcome, and a correction.
enum ExpirySample {
    static func day() throws -> LocalDay {
        let zone = try #require(TimeZone(identifier: "Europe/Berlin"))
        return try #require(LocalDay("2026-12-07", in: zone))
    }

    static func items(summary: String = "Audit", shuffledBy seed: UInt64? = nil) throws -> [ExpiryReport.Item] {
        let uses: [(ExpiryOutcome, minutes: Int, openings: Int)] = [
            (.used, 55, 1), (.endedEarly, 20, 2), (.cutOff, 60, 1), (.noShow, 0, 0), (.unobserved, 0, 0),
        ]
        var items = try uses.enumerated().map { hour, use in
            try item("e\(hour)", hour: 8 + hour, Expiry(outcome: use.0, minutes: use.1, openings: use.2), summary)
        }
        var correction = items[0]
        correction.expiry = Expiry(outcome: .endedEarly, minutes: 30, openings: 1)
        correction.revision = 2
        correction.writtenAt += 600
        items.append(correction)
        return seed.map { seed in items.sorted { ($0.line * Int(seed)) % 7 > ($1.line * Int(seed)) % 7 } } ?? items
    }

    static func report(_ items: [ExpiryReport.Item]? = nil) throws -> ExpiryReport {
        ExpiryReport(day: try day(), items: try items ?? self.items(), context: try Sample.context())
    }

    static func item(_ uid: String, hour: Int, _ expiry: Expiry, _ summary: String) throws -> ExpiryReport.Item {
        let slot = try Sample.slot(hour..<hour + 1)
        return ExpiryReport.Item(
            id: ReservationID(uid: uid, room: try #require(RoomName("blue"))), slot: slot, expiry: expiry, revision: 1,
            file: "hr/blue.ics", line: hour * 10, sequence: 0, shownRoom: "Blue",
            owner: Participant("ann@example.org"), summary: summary, writtenAt: slot.end.addingTimeInterval(120))
    }
}
