package import Reservations

/// A source whose withdrawals wait.
package struct HeldSource: Hashable, Sendable {
    package var reason: RemovalGuard.Reason
    /// How many future bookings wait.
    package var lost: Int
    /// How many it had before the first loss of the hour.
    package var before: Int

    /// `nil` where nothing waits.
    init?(_ removals: SourceRemovals) {
        guard let reason = removals.reason else { return nil }
        self.reason = reason
        lost = removals.lost
        before = removals.before
    }
}
