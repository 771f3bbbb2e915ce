package import struct Foundation.Date

/// An occurrence's claim on one room for `start ..< end`.
package struct Reservation: Hashable, Sendable, Identifiable {
    package var id: ReservationID
    package var slot: TimeSlot
    /// A pass copies reservations often and changes few: what the occurrences of a booking have in common is shared.
    private var details: Shared<ReservationDetails>

    init(_ id: ReservationID, slot: TimeSlot, details: Shared<ReservationDetails>) {
        self.id = id
        self.slot = slot
        self.details = details
    }

    package init(
        id: ReservationID, slot: TimeSlot, participation: Participation = .confirmed, created: Date? = nil,
        owner: Participant? = nil, attendees: [Participant] = [], summary: String = "", shownRoom: String = "",
        settings: RoomSettings = RoomSettings(), source: String, sourcePriority: Int = 0
    ) {
        let details = ReservationDetails(
            participation: participation, created: created, owner: owner, attendees: attendees, summary: summary,
            shownRoom: shownRoom, settings: settings, source: source, sourcePriority: sourcePriority)
        self.init(id, slot: slot, details: Shared(details))
    }

    /// Another one of the same booking in the same room.
    package func occurrence(_ recurrenceID: RecurrenceID?, in slot: TimeSlot) -> Reservation {
        Reservation(
            ReservationID(scope: id.scope, uid: id.uid, recurrenceID: recurrenceID, room: id.room), slot: slot,
            details: details)
    }

    package var participation: Participation {
        get { details.value.participation }
        set { details.value.participation = newValue }
    }

    package var created: Date? {
        get { details.value.created }
        set { details.value.created = newValue }
    }

    package var owner: Participant? { details.value.owner }
    package var attendees: [Participant] { details.value.attendees }

    package var summary: String {
        get { details.value.summary }
        set { details.value.summary = newValue }
    }

    /// The room as the booking names it.
    package var shownRoom: String {
        get { details.value.shownRoom }
        set { details.value.shownRoom = newValue }
    }

    package var settings: RoomSettings {
        get { details.value.settings }
        set { details.value.settings = newValue }
    }

    package var source: String {
        get { details.value.source }
        set { details.value.source = newValue }
    }

    package var sourcePriority: Int {
        get { details.value.sourcePriority }
        set { details.value.sourcePriority = newValue }
    }
}
