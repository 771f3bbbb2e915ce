package import Diagnostics

/// What was decided about a reservation, with everything that explains it.
package struct Decision: Hashable, Sendable, Codable, Identifiable {
    package var id: ReservationID
    package var verdict: Verdict
    /// `nil` for a plain grant.
    package var code: DiagnosticCode?
    /// The first element of the rank that differed from the winner's; `nil` for a grant.
    package var reason: RankElement?
    /// The granted reservations in the way: the one that `reason` is about, then the others by start; never empty for a
    /// declined one, at most `maximumBlocking`. Of a duplicate: the first one of the same meeting.
    package var blocking: [ReservationID]
    /// The next span of the same length in the same room that nobody was granted; `nil` if none was found in the
    /// horizon.
    package var nextFree: TimeSlot?

    package init(
        id: ReservationID, verdict: Verdict, code: DiagnosticCode? = nil, reason: RankElement? = nil,
        blocking: [ReservationID] = [], nextFree: TimeSlot? = nil
    ) {
        self.id = id
        self.verdict = verdict
        self.code = code
        self.reason = reason
        self.blocking = blocking
        self.nextFree = nextFree
    }

    /// A declined reservation names no more of those in its way.
    package static let maximumBlocking = 16
}

package enum Verdict: String, Hashable, Sendable, Codable {
    case granted
    case declined
    /// The same meeting again under another UID: it shares the first one's fate and slot.
    case duplicate
}

/// The elements of the rank in their order; the first that differs is the reason that people are shown.
package enum RankElement: String, Hashable, Sendable, Codable, CaseIterable {
    case openConference
    case freeze
    case confirmed
    case sourcePriority
    case standingGrant
    case created
    case start
    case uid
    case recurrenceID
    case source
}
