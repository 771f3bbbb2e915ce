package import Diagnostics

/// What became of a granted reservation, once its time is over.
package struct Expiry: Hashable, Sendable, Codable {
    package var outcome: ExpiryOutcome
    /// How long its conferences were open within its time, in minutes, rounded.
    package var minutes: Int
    /// How often a conference was opened.
    package var openings: Int
    /// Whether nobody told us of the last conference's end, so that it was taken to be when the room was to close.
    package var closedByClock: Bool

    package init(outcome: ExpiryOutcome, minutes: Int, openings: Int, closedByClock: Bool = false) {
        self.outcome = outcome
        self.minutes = minutes
        self.openings = openings
        self.closedByClock = closedByClock
    }

    /// `nil` where there is nothing to tell.
    package var code: DiagnosticCode? { closedByClock ? .closedByClock : outcome.code }
}

package enum ExpiryOutcome: String, Hashable, Sendable, Codable, CaseIterable {
    case used
    /// The last conference ended more than ten minutes before the booked end.
    case endedEarly = "ended-early"
    /// A conference was open when the room closed.
    case cutOff = "cut-off"
    /// Nobody opened the room.
    case noShow = "no-show"
    /// Nobody opened the room as far as we know, but for part of the time nobody could have: we did not answer.
    case unobserved

    /// Of an end that was told; `nil` where there is nothing to tell.
    package var code: DiagnosticCode? {
        switch self {
        case .used, .unobserved: nil
        case .endedEarly: .endedEarly
        case .cutOff: .cutOff
        case .noShow: .noShow
        }
    }
}
