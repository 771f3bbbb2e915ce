/// What a source would lose by a pass, counted in future bookings (design: ingest, "Removal, and the guard").
///
/// Explicit cancellations, bookings that are over and those that come back under another UID are no losses.
package struct SourceLoss: Hashable, Sendable {
    /// What one export would lose.
    package struct Export: Hashable, Sendable {
        package var future: Int
        package var lost: Int
        /// Whether the file itself is gone.
        package var isGone: Bool

        package init(future: Int, lost: Int, isGone: Bool) {
            self.future = future
            self.lost = lost
            self.isGone = isGone
        }
    }

    /// How many the source had an hour ago.
    package var before: Int
    /// How many of them were withdrawn within the hour.
    package var withdrawn: Int
    package var exports: [Export]

    package init(before: Int, withdrawn: Int, exports: [Export]) {
        self.before = before
        self.withdrawn = withdrawn
        self.exports = exports
    }

    /// Withdrawn within the hour, and now.
    package var lost: Int { exports.reduce(withdrawn) { $0 + $1.lost } }
}

/// Tells a loss that looks like an accident from the daily coming and going.
package enum RemovalGuard {
    /// The hour over which losses add up.
    package static let span = Duration.seconds(3_600)
    /// So many may go at any rate.
    static let fewBookings = 10
    /// An export that had more than these, and would have none, is held.
    static let fewInExport = 3

    /// Why the losses of now have to wait.
    package enum Reason: String, Hashable, Sendable {
        case mostOfSource, allOfExport
    }

    /// `nil` when they may go.
    package static func reason(toHold loss: SourceLoss) -> Reason? {
        guard loss.exports.contains(where: { $0.lost > 0 }) else { return nil }
        if loss.lost > fewBookings, loss.lost * 2 > loss.before { return .mostOfSource }
        let isEmptied = loss.exports.contains { !$0.isGone && $0.future > fewInExport && $0.lost == $0.future }
        return isEmptied ? .allOfExport : nil
    }
}
