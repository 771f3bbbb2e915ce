/// Which occurrence of a series is meant: an instant as `20261208T090000Z`, or a local day as `20261208`.
package struct RecurrenceID: Hashable, Sendable, Codable, Comparable {
    package let text: String

    package init(_ text: String) { self.text = text }

    package static func < (lhs: RecurrenceID, rhs: RecurrenceID) -> Bool { lhs.text < rhs.text }

    /// Whether it names a local day.
    var isDay: Bool { text.utf8.count == 8 }

    /// The day that it names, or the day of its instant in UTC.
    var day: Substring { text.prefix(8) }
}
