package import Foundation

/// What a DELETE means for a conference that once was stored; an id that never was is the caller's 404.
package enum Deletion: Hashable, Sendable {
    /// Everybody left: the conference ends now.
    case ends
    /// It had ended already; the client's last DELETE tells better when.
    case movesEnd
    /// It comes late, from the opening before: the conference stays open.
    case belongsToEarlierOpening

    /// The client fetches a conference right after the 409 that told it the id; a DELETE between the two is not its
    /// own.
    private static let fetchSeconds = 10.0

    /// - Parameters:
    ///   - hasEnded: whether an end of the conference is recorded.
    ///   - handedOutAt: when a 409 last told the conference's id, if no GET has fetched it since.
    package init(hasEnded: Bool, handedOutAt: Date?, now: Date) {
        if hasEnded {
            self = .movesEnd
        } else if let handedOutAt, Self.mayPrecedeFetch(handedOutAt: handedOutAt, now: now) {
            self = .belongsToEarlierOpening
        } else {
            self = .ends
        }
    }

    /// Whether what comes now may come before the GET of an id that was told at `handedOutAt`.
    package static func mayPrecedeFetch(handedOutAt: Date, now: Date) -> Bool {
        abs(now.timeIntervalSince(handedOutAt)) <= fetchSeconds
    }
}
