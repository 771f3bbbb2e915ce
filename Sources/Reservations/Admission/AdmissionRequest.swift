package import Foundation

/// Somebody asks to open a room.
package struct AdmissionRequest: Hashable, Sendable {
    /// The canonical form of the name that was asked for; `nil` where it cannot be used.
    package var room: RoomName?
    /// The request's `start_time`, else our clock: the client's clock is the one that enforces the end.
    package var instant: Date
    /// `mail_owner`; `nil` where it is missing or no address.
    package var asker: Participant?

    package init(room: RoomName?, at instant: Date, asker: Participant?) {
        self.room = room
        self.instant = instant
        self.asker = asker
    }

    /// From the fields as Prosody sends them.
    package init(name: String, at instant: Date, mailOwner: String?) {
        self.init(room: RoomName(name), at: instant, asker: mailOwner.flatMap { Participant($0) })
    }
}
