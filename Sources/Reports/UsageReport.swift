import Foundation
import Reservations

/// How the rooms were used in one month, one row a room.
package struct UsageReport: Hashable, Sendable {
    /// As `2026-11`.
    package let month: String
    private let rooms: [Use]

    private struct Use: Hashable {
        let name: RoomName
        let shownRoom: String
        var bookings = 0
        var outcomes: [ExpiryOutcome: Int] = [:]
        var bookedMinutes = 0
        var openMinutes = 0
        var openings = 0
    }

    /// - Parameter items: the expiries of the month, every revision, any order.
    package init(month: String, items: [ExpiryReport.Item]) {
        self.month = month
        var uses: [RoomName: Use] = [:]
        for item in Self.newest(items) {
            var use = uses[item.id.room] ?? Use(name: item.id.room, shownRoom: item.shownRoom)
            use.bookings += 1
            use.outcomes[item.expiry.outcome, default: 0] += 1
            use.bookedMinutes += Int((item.slot.length / 60).rounded())
            use.openMinutes += item.expiry.minutes
            use.openings += item.expiry.openings
            uses[item.id.room] = use
        }
        rooms = uses.values.sorted { $0.name < $1.name }
    }

    /// CSV (RFC 4180) with a header, in UTF-8.
    package func csv() -> [UInt8] {
        var text = CSVText()
        let outcomes = ExpiryOutcome.allCases
        text.appendRow(
            ["month", "room", "name", "bookings"] + outcomes.map { $0.rawValue.replacing("-", with: "_") }
                + ["booked_minutes", "open_minutes", "openings"])
        for use in rooms {
            text.appendRow(
                [month, use.name.text, ReportText.clean(use.shownRoom, limit: ReportText.valueLimit)]
                    + [String(use.bookings)] + outcomes.map { String(use.outcomes[$0] ?? 0) }
                    + [use.bookedMinutes, use.openMinutes, use.openings].map { String($0) })
        }
        return text.bytes
    }

    /// Of each reservation the last revision, in order of slot and id.
    private static func newest(_ items: [ExpiryReport.Item]) -> [ExpiryReport.Item] {
        var newest: [Claim: ExpiryReport.Item] = [:]
        for item in items {
            let claim = Claim(id: item.id, slot: item.slot)
            if let known = newest[claim], known.revision > item.revision { continue }
            newest[claim] = item
        }
        return newest.sorted { $0.key < $1.key }.map(\.value)
    }

    private struct Claim: Hashable, Comparable {
        let id: ReservationID
        let slot: TimeSlot

        static func < (lhs: Claim, rhs: Claim) -> Bool { (lhs.slot, lhs.id) < (rhs.slot, rhs.id) }
    }
}
