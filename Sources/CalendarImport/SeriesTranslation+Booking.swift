import Foundation
import ICalendar
import Reservations

extension SeriesTranslation {
    /// - Parameters:
    ///   - slots: the times of `occurrences` that are booked.
    ///   - isOverride: whether it stands in for the first of them.
    func booking(
        of entry: ParsedEntry, _ participation: Participation, in rooms: [BookedRoom], _ settings: RoomSettings,
        _ slots: [Occurrence], _ occurrences: [SeriesOccurrence], isOverride: Bool
    ) -> Booking {
        var booking = Booking(
            key: key(of: entry, isOverride ? occurrences.first?.recurrenceID : nil, isOverride: isOverride),
            revision: revision(of: entry), participation: participation,
            created: instant(entry.event.created), owner: entry.event.organizer?.participant,
            attendees: entry.event.people, roomAddress: rooms.count == 1 ? entry.event.roomAddress : nil,
            summary: entry.event.publicSummary, rooms: rooms, settings: settings, occurrences: slots,
            line: entry.event.line)
        if booking.key.uid.isEmpty {
            booking.key.uid = booking.derivedUID(source: rules.source, summary: entry.event.summary)
        }
        return booking
    }

    func key(
        of entry: ParsedEntry, _ recurrenceID: SeriesOccurrence.RecurrenceID?, isOverride: Bool
    ) -> BookingKey {
        let scope =
            switch rules.uidScope {
            case .global: ""
            case .source: rules.source
            }
        guard isOverride else { return BookingKey(scope: scope, uid: entry.event.uid ?? "") }
        let replaced = recurrenceID.map { RecurrenceID($0) } ?? entry.event.recurrenceID.flatMap(named)
        return BookingKey(scope: scope, uid: entry.event.uid ?? "", recurrenceID: replaced)
    }

    /// For an override none of whose occurrences is in the window.
    private func named(_ time: CalendarTime) -> RecurrenceID? {
        switch time {
        case .date(let date): RecurrenceID(date)
        case .floating, .utc, .zoned: instant(time).map { RecurrenceID($0) }
        }
    }

    func revision(of entry: ParsedEntry) -> Revision {
        Revision(
            sequence: entry.event.sequence,
            modified: instant(entry.event.lastModified ?? entry.event.stamp)
                ?? Date(timeIntervalSince1970: 0),
            sourcePriority: rules.priority, digest: entry.digest, source: rules.source
        )
    }

    private func instant(_ time: CalendarTime?) -> Date? {
        switch time {
        case nil: nil
        case .date(let date):
            LocalDateTime(date: date, secondOfDay: 0).map(calendar.resolver.defaultZone.instant)
        case .floating(let local): calendar.resolver.defaultZone.instant(of: local)
        case .utc(let local): TimeZoneDefinition.utc.instant(of: local)
        case .zoned(let local, let tzid): calendar.resolver.resolve(tzid, line: 0).zone.instant(of: local)
        }
    }
}
