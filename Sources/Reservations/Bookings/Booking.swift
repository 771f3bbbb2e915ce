package import struct Foundation.Date

/// One entry of an export: a UID with its times, owner, rooms and settings; single, recurring, or one override of a series.
package struct Booking: Hashable, Sendable, Codable {
    package var key: BookingKey
    package var revision: Revision
    package var participation: Participation
    /// CREATED, where the exporter tells it.
    package var created: Date?
    package var owner: Participant?
    /// Whoever may act as a participant: the owner, rooms, resources and those who declined left out.
    package var attendees: [Participant]
    package var summary: String
    /// The rooms it means, in the order of the export, each once.
    package var rooms: [BookedRoom]
    package var settings: RoomSettings
    /// Its occurrences in the horizon, by start. A master leaves out what its own export overrides.
    package var occurrences: [Occurrence]
    /// The line of the export where the entry begins, from 1.
    package var line: Int

    package init(
        key: BookingKey, revision: Revision, participation: Participation = .confirmed, created: Date? = nil,
        owner: Participant? = nil, attendees: [Participant] = [], summary: String = "", rooms: [BookedRoom],
        settings: RoomSettings = RoomSettings(), occurrences: [Occurrence], line: Int = 1
    ) {
        self.key = key
        self.revision = revision
        self.participation = participation
        self.created = created
        self.owner = owner
        self.attendees = attendees
        self.summary = summary
        self.rooms = rooms
        self.settings = settings
        self.occurrences = occurrences
        self.line = line
    }
}

/// What makes two entries of any exports revisions of one booking.
package struct BookingKey: Hashable, Sendable, Codable, Comparable {
    /// Empty where UIDs are global; the source's name where they are row numbers (`uid_scope: source`).
    package var scope: String
    package var uid: String
    /// `nil` for a single booking and for the master of a series.
    package var recurrenceID: RecurrenceID?

    package init(scope: String = "", uid: String, recurrenceID: RecurrenceID? = nil) {
        self.scope = scope
        self.uid = uid
        self.recurrenceID = recurrenceID
    }

    package static func < (lhs: BookingKey, rhs: BookingKey) -> Bool {
        (lhs.scope, lhs.uid, lhs.recurrenceID?.text ?? "") < (rhs.scope, rhs.uid, rhs.recurrenceID?.text ?? "")
    }
}

/// Which occurrence of a series is meant: an instant as `20261208T090000Z`, or a local day as `20261208`.
package struct RecurrenceID: Hashable, Sendable, Codable, Comparable {
    package let text: String

    package init(_ text: String) { self.text = text }

    package static func < (lhs: RecurrenceID, rhs: RecurrenceID) -> Bool { lhs.text < rhs.text }
}

/// One instance of a booking in time.
package struct Occurrence: Hashable, Sendable, Codable {
    /// `nil` for a booking that does not recur.
    package var recurrenceID: RecurrenceID?
    package var slot: TimeSlot

    package init(recurrenceID: RecurrenceID? = nil, slot: TimeSlot) {
        self.recurrenceID = recurrenceID
        self.slot = slot
    }
}

/// A room as a booking names it: the canonical key, and what people are shown.
package struct BookedRoom: Hashable, Sendable, Codable {
    package var name: RoomName
    package var shown: String
    /// The rule that found it.
    package var rule: RoomRule

    package init(name: RoomName, shown: String, rule: RoomRule) {
        self.name = name
        self.shown = shown
        self.rule = rule
    }
}

/// Whether a booking takes part in placement (design: conflicts, rule 5).
package enum Participation: String, Hashable, Sendable, Codable {
    case confirmed
    case tentative
    /// STATUS:CANCELLED or METHOD:CANCEL.
    case cancelled
    /// TRANSP:TRANSPARENT.
    case transparent
    /// The room itself declined (PARTSTAT=DECLINED).
    case roomDeclined

    package var takesPart: Bool {
        switch self {
        case .confirmed, .tentative: true
        case .cancelled, .transparent, .roomDeclined: false
        }
    }
}
