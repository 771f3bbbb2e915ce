package import Reservations

extension RankElement {
    /// Why the winner came first, as people are told.
    package var words: String {
        switch self {
        case .openConference: "its conference is open"
        case .freeze: "it is granted and about to start"
        case .confirmed: "it is confirmed, this one is tentative"
        case .sourcePriority: "its source has a higher priority"
        case .standingGrant: "granted first"
        case .created: "booked earlier"
        case .start: "it starts earlier"
        case .uid, .recurrenceID, .source: "equal in all else, first by its identifier"
        }
    }
}
