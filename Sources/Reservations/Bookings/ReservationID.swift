/// What stays the same when a reservation is read again: the booking, the occurrence and the room.
package struct ReservationID: Hashable, Sendable {
    private struct Parts: Hashable, Codable {
        let scope: String
        var uid: String
        var recurrenceID: RecurrenceID?
        var room: RoomName
    }

    private var parts: Shared<Parts>

    package init(scope: String = "", uid: String, recurrenceID: RecurrenceID? = nil, room: RoomName) {
        parts = Shared(Parts(scope: scope, uid: uid, recurrenceID: recurrenceID, room: room))
    }

    package var scope: String { parts.value.scope }

    package var uid: String {
        get { parts.value.uid }
        set { parts.value.uid = newValue }
    }

    /// Which occurrence of a series; `nil` for a booking that does not recur.
    package var recurrenceID: RecurrenceID? {
        get { parts.value.recurrenceID }
        set { parts.value.recurrenceID = newValue }
    }

    package var room: RoomName {
        get { parts.value.room }
        set { parts.value.room = newValue }
    }

    /// UID and occurrence tell nearly all apart, and cost half of what all four do.
    package func hash(into hasher: inout Hasher) {
        hasher.combine(uid)
        hasher.combine(recurrenceID)
    }
}

extension ReservationID: Comparable {
    package static func < (lhs: ReservationID, rhs: ReservationID) -> Bool {
        if lhs.room != rhs.room { return lhs.room < rhs.room }
        if lhs.uid != rhs.uid { return lhs.uid < rhs.uid }
        if lhs.recurrenceID != rhs.recurrenceID {
            return lhs.recurrenceID.isBefore(rhs.recurrenceID)
        }
        return lhs.scope < rhs.scope
    }
}

extension ReservationID: Codable {
    package init(from decoder: any Decoder) throws { parts = Shared(try Parts(from: decoder)) }

    package func encode(to encoder: any Encoder) throws { try parts.value.encode(to: encoder) }
}
