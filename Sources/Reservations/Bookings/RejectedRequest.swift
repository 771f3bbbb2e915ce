package import Diagnostics

/// An entry that was rejected, as far as its organizer can be answered: for one room that it names.
package struct RejectedRequest: Hashable, Sendable {
    package var key: BookingKey
    package var sequence: Int
    package var organizer: Participant
    package var room: RoomName
    /// Of the only attendee that is a room; it answers for a room without an address of its own.
    package var roomAddress: Participant?
    package var code: DiagnosticCode
    /// What is wrong with it.
    package var message: String

    package init(
        key: BookingKey, sequence: Int, organizer: Participant, room: RoomName, roomAddress: Participant?,
        code: DiagnosticCode, message: String
    ) {
        self.key = key
        self.sequence = sequence
        self.organizer = organizer
        self.room = room
        self.roomAddress = roomAddress
        self.code = code
        self.message = message
    }
}
