package import Foundation

/// The days for which recurring bookings are expanded: whole days of UTC around today.
package struct ImportWindow: Hashable, Sendable, CustomStringConvertible {
    /// Days since 1970.
    package let days: Range<Int>

    /// From seven days before the day of `instant` to `ahead` after it.
    package init(around instant: Date, ahead: Duration) {
        let today = Int((instant.timeIntervalSince1970 / 86_400).rounded(.down))
        days = today - 7..<today + max(1, Int(ahead.components.seconds / 86_400))
    }

    package var instants: Range<Date> {
        Date(
            timeIntervalSince1970: Double(days.lowerBound) * 86_400)..<Date(
                timeIntervalSince1970: Double(days.upperBound) * 86_400
            )
    }

    package var description: String { "days \(days.lowerBound)..<\(days.upperBound)" }
}
