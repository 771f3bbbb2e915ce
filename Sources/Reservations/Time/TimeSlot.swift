package import struct Foundation.Date

/// The half-open span `start ..< end`. Back-to-back slots do not overlap (RFC 4791 §9.9).
package struct TimeSlot: Hashable, Sendable {
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

extension TimeSlot: Codable {
    private enum CodingKeys: CodingKey {
        case start, end
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let (start, end) = (
            try container.decode(Date.self, forKey: .start), try container.decode(Date.self, forKey: .end)
        )
        guard let slot = TimeSlot(start: start, end: end) else {
            throw DecodingError.dataCorruptedError(forKey: .end, in: container, debugDescription: "not after the start")
        }
        self = slot
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(start, forKey: .start)
        try container.encode(end, forKey: .end)
    }
}
