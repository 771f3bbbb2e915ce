import Crypto
import Foundation
import ICalendar
import Reservations

extension Event {
    /// Whether it has a RECURRENCE-ID, asked by a pattern: to compare with nil copies the time.
    var isOverride: Bool { if case .some = recurrenceID { true } else { false } }

    /// - Parameter calledOff: by the calendar's METHOD:CANCEL.
    func participation(calledOff: Bool) -> Participation {
        if calledOff || status == .cancelled { return .cancelled }
        if isTransparent { return .transparent }
        var (rooms, declined) = (0, 0)
        // By their numbers: to go from one to the next copies all that is known of each.
        for index in attendees.indices where attendees[index].isRoom {
            rooms += 1
            if attendees[index].hasDeclined { declined += 1 }
        }
        if rooms > 0, declined == rooms { return .roomDeclined }
        return status == .tentative ? .tentative : .confirmed
    }

    /// Empty unless everybody may know it: reports go to others than its owner (CLASS, RFC 5545 §3.8.1.3, where a value
    /// that is not known means PRIVATE).
    var publicSummary: String { ["", "PUBLIC"].contains(classification) ? summary : "" }

    /// Who may act as an attendee: no rooms, no resources, nobody who declined.
    var people: [Participant] {
        var people: [Participant] = []
        people.reserveCapacity(attendees.count)
        for index in attendees.indices where !attendees[index].isRoom && !attendees[index].hasDeclined {
            if let person = attendees[index].participant { people.append(person) }
        }
        return people
    }

    /// Who answers for the room that is invited, where it is one.
    var roomAddress: Participant? {
        var room: Int?
        for index in attendees.indices where attendees[index].userType == "ROOM" {
            guard room == nil else { return nil }
            room = index
        }
        return room.flatMap { attendees[$0].participant }
    }
}

extension CalendarUser {
    var isRoom: Bool { userType == "ROOM" || userType == "RESOURCE" }

    var hasDeclined: Bool { participationStatus == "DECLINED" }

    /// The EMAIL parameter where there is one: some producers put an address of their own scheme into the value.
    var mailAddress: String { email.isEmpty ? address : email }

    var participant: Participant? { Participant(mailAddress) ?? (email.isEmpty ? nil : Participant(address)) }
}

extension Booking {
    /// A UID for a booking that has none (design: conflicts, rule 3): equal entries get equal ones.
    ///
    /// - Parameter summary: as it is written, also where nobody else may know it.
    func derivedUID(source: String, summary: String) -> String {
        let slot = occurrences.first?.slot
        let parts = [
            source, rooms.map(\.name.text).joined(separator: ","), "\(slot?.start.timeIntervalSince1970 ?? 0)",
            "\(slot?.end.timeIntervalSince1970 ?? 0)", owner?.address ?? "", summary,
        ]
        let digest = SHA256.hash(data: Data(parts.joined(separator: "\u{0}").utf8))
        return "derived-" + digest.prefix(16).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}

extension RecurrenceID {
    init(_ id: SeriesOccurrence.RecurrenceID) {
        switch id {
        case .instant(let instant): self.init(instant)
        case .date(let date): self.init(date)
        }
    }

    /// `20261208`.
    init(_ date: CalendarDate) { self.init(year: date.year, month: date.month, day: date.day) }

    /// `20261208T090000Z`.
    init(_ instant: Date) {
        let local = TimeZoneDefinition.utc.localTime(at: instant)
        guard let local else {
            self.init("")
            return
        }
        self.init(
            year: local.date.year, month: local.date.month, day: local.date.day, hour: local.hour,
            minute: local.minute, second: local.second)
    }
}
