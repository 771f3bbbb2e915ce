import struct Foundation.Date

/// What a booking says about each of its reservations in one room.
struct ReservationDetails: Hashable, Sendable {
    var participation: Participation
    var created: Date?
    var owner: Participant?
    var attendees: [Participant]
    var summary: String
    var shownRoom: String
    var settings: RoomSettings
    var source: String
    var sourcePriority: Int
}
