package import struct Foundation.Date

/// One entry of an export: a UID with its times, owner, rooms and settings; single, recurring, or one override of a
/// series.
package struct Booking: Hashable, Sendable, Codable {
    package var key: BookingKey
    package var revision: Revision
    package var participation: Participation
    /// CREATED, where the exporter tells it.
    package var created: Date?
    package var owner: Participant?
    /// Whoever may act as a participant: the owner, rooms, resources and those who declined left out.
    package var attendees: [Participant]
    /// Of the only attendee that is a room, where one room is meant: it answers for a room without an address of its
    /// own.
    package var roomAddress: Participant?
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
        owner: Participant? = nil, attendees: [Participant] = [], roomAddress: Participant? = nil,
        summary: String = "", rooms: [BookedRoom], settings: RoomSettings = RoomSettings(),
        occurrences: [Occurrence], line: Int = 1
    ) {
        self.key = key
        self.revision = revision
        self.participation = participation
        self.created = created
        self.owner = owner
        self.attendees = attendees
        self.roomAddress = roomAddress
        self.summary = summary
        self.rooms = rooms
        self.settings = settings
        self.occurrences = occurrences
        self.line = line
    }
}
