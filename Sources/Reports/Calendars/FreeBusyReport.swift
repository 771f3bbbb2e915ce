package import Foundation
import ICalendar
package import Reservations

/// When a room is taken, for calendars that subscribe to it: times and nothing else.
package struct FreeBusyReport: Hashable, Sendable {
    private let room: RoomName
    private let address: Participant?
    private let busy: [Busy]

    private struct Busy: Hashable {
        let slot: TimeSlot
        let isTentative: Bool
        let decidedAt: Date
    }

    /// - Parameters:
    ///   - address: the room's own; with it the calendar is one that may be sent (RFC 5546 §3.3.1).
    ///   - granted: the room's granted reservations, any order.
    package init(of room: RoomName, address: Participant?, granted: [(reservation: Reservation, decidedAt: Date)]) {
        self.room = room
        self.address = address
        busy = granted.map {
            Busy(
                slot: $0.reservation.slot, isTentative: $0.reservation.participation == .tentative,
                decidedAt: $0.decidedAt)
        }.sorted { $0.slot < $1.slot }
    }

    package var isEmpty: Bool { busy.isEmpty }

    /// One VFREEBUSY (RFC 5545 §3.6.4) from the first start to the last end; its stamp is the time of the last
    /// decision, so that equal plans are equal bytes.
    package func bytes() -> [UInt8] {
        var properties = [WrittenProperty("UID", text: "freebusy-\(room.text)@bookwatch")]
        properties.append(
            CalendarText.instant("DTSTAMP", busy.map(\.decidedAt).max() ?? Date(timeIntervalSince1970: 0)))
        if let start = busy.first?.slot.start, let end = busy.map(\.slot.end).max() {
            properties += [CalendarText.instant("DTSTART", start), CalendarText.instant("DTEND", end)]
        }
        if let address { properties.append(WrittenProperty("ORGANIZER", rawValue: "mailto:\(address.address)")) }
        properties += busy.map { period in
            WrittenProperty(
                "FREEBUSY",
                rawValue: "\(Timestamp.basic(period.slot.start))/\(Timestamp.basic(period.slot.end))",
                parameters: [
                    PropertyParameter(name: "FBTYPE", values: [period.isTentative ? "BUSY-TENTATIVE" : "BUSY"])
                ])
        }
        return CalendarText.bytes(
            method: address == nil ? nil : "PUBLISH", [WrittenComponent("VFREEBUSY", properties: properties)])
    }
}
