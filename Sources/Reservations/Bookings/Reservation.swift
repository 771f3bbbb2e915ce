package import struct Foundation.Date

/// An occurrence's claim on one room for `start ..< end`.
package struct Reservation: Hashable, Sendable, Codable, Identifiable {
    package var id: ReservationID
    package var slot: TimeSlot
    package var participation: Participation
    package var created: Date?
    package var owner: Participant?
    package var attendees: [Participant]
    package var summary: String
    /// The room as the booking names it.
    package var shownRoom: String
    package var settings: RoomSettings
    package var source: String
    package var sourcePriority: Int

    package init(
        id: ReservationID, slot: TimeSlot, participation: Participation = .confirmed, created: Date? = nil,
        owner: Participant? = nil, attendees: [Participant] = [], summary: String = "", shownRoom: String = "",
        settings: RoomSettings = RoomSettings(), source: String, sourcePriority: Int = 0
    ) {
        self.id = id
        self.slot = slot
        self.participation = participation
        self.created = created
        self.owner = owner
        self.attendees = attendees
        self.summary = summary
        self.shownRoom = shownRoom
        self.settings = settings
        self.source = source
        self.sourcePriority = sourcePriority
    }
}

/// What stays the same when a reservation is read again: the booking, the occurrence and the room.
package struct ReservationID: Hashable, Sendable, Codable, Comparable {
    package var scope: String
    package var uid: String
    /// Which occurrence of a series; `nil` for a booking that does not recur.
    package var recurrenceID: RecurrenceID?
    package var room: RoomName

    package init(scope: String = "", uid: String, recurrenceID: RecurrenceID? = nil, room: RoomName) {
        self.scope = scope
        self.uid = uid
        self.recurrenceID = recurrenceID
        self.room = room
    }

    package static func < (lhs: ReservationID, rhs: ReservationID) -> Bool {
        if lhs.room != rhs.room { return lhs.room < rhs.room }
        if lhs.uid != rhs.uid { return lhs.uid < rhs.uid }
        if lhs.recurrenceID != rhs.recurrenceID {
            return lhs.recurrenceID?.text ?? "" < rhs.recurrenceID?.text ?? ""
        }
        return lhs.scope < rhs.scope
    }
}
