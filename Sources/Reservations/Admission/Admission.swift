package import Diagnostics
package import Foundation

/// What becomes of the wish to open a room.
package enum Admission: Hashable, Sendable {
    /// Jicofo's own check: allowed, and not recorded.
    case healthCheck(start: Date, closes: Date)
    /// The room is this reservation's now.
    case open(Reservation, Opening)
    /// The room is free for the unbooked.
    case adHoc(Opening)
    /// What is asked for is open already, and the asker may go in: the conference's id.
    ///
    /// - Parameter ending: open ones of earlier reservations or ad hoc, which end by it; rising.
    case alreadyOpen(Int64, ending: [Int64] = [])
    case refused(Refusal)
}

/// A conference to be stored.
package struct Opening: Hashable, Sendable {
    /// The booked start, whatever the time of opening; of an ad-hoc conference the second it opens in.
    package var start: Date
    package var closes: Date
    package var settings: RoomSettings
    /// The ids of conferences that end because this one opens (EXP022), ascending.
    package var ending: [Int64]

    package init(start: Date, closes: Date, settings: RoomSettings, ending: [Int64]) {
        self.start = start
        self.closes = closes
        self.settings = settings
        self.ending = ending
    }
}

/// Why a room stays shut, with the facts that a message for people needs.
package enum Refusal: Hashable, Sendable {
    /// No room can have this name.
    case unusableName
    /// Booked at this time by somebody else; `nil` where any known person may use it, booked or not, and only those.
    case notTheOwner(TimeSlot?)
    /// The next reservation starts within 24 hours, and the room opens for it at `opens`.
    case tooEarly(start: Date, opens: Date)
    /// The last reservation closed at `closed`, less than an hour ago, and none starts within 24 hours.
    case over(closed: Date)
    case notBooked

    package var code: DiagnosticCode {
        switch self {
        case .unusableName: .unusableRoomName
        case .notTheOwner: .notTheOwner
        case .tooEarly: .tooEarly
        case .over: .over
        case .notBooked: .notBooked
        }
    }
}
