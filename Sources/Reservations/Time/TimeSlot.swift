package import struct Foundation.Date

/// The half-open span `start ..< end`. Back-to-back slots do not overlap (RFC 4791 §9.9).
package struct TimeSlot: Hashable, Sendable, Codable {
    package let start: Date
    /// After `start`: the initialiser sees to it.
    package let end: Date

    package init?(start: Date, end: Date) {
        guard start < end else { return nil }
        self.start = start
        self.end = end
    }

    package func overlaps(_ other: TimeSlot) -> Bool { start < other.end && other.start < end }

    package func contains(_ instant: Date) -> Bool { start <= instant && instant < end }

    /// In seconds.
    package var length: Double { end.timeIntervalSince(start) }
}

extension TimeSlot: Comparable {
    package static func < (lhs: TimeSlot, rhs: TimeSlot) -> Bool {
        (lhs.start, lhs.end) < (rhs.start, rhs.end)
    }
}
