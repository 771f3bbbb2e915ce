import Diagnostics
import ICalendar
import Reservations

extension SeriesTranslation {
    /// Leaves an entry out: what it booked before stays, and its organizer can be told.
    ///
    /// - Parameter findings: about it; the first error is the reason.
    func reject(_ entry: ParsedEntry, because findings: [Diagnostic], into translated: inout TranslatedSeries) {
        guard let uid = entry.event.uid else { return }
        translated.rejectedUIDs.insert(uid)
        guard let reason = findings.first(where: { $0.severity == .error }),
            let organizer = entry.event.organizer.flatMap(\.participant)
        else { return }
        let rooms = rooms(of: entry).rooms
        let roomAddress = rooms.count == 1 ? entry.event.roomAddress : nil
        for room in rooms where roomAddress != nil || rules.rooms.terms(for: room.name).address != nil {
            translated.rejectedRequests.append(
                RejectedRequest(
                    key: key(of: entry, nil, isOverride: entry.event.recurrenceID != nil),
                    sequence: entry.event.sequence, organizer: organizer, room: room.name, roomAddress: roomAddress,
                    code: reason.code, message: reason.message))
        }
    }
}
