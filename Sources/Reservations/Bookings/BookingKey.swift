/// What makes two entries of any exports revisions of one booking.
package struct BookingKey: Hashable, Sendable, Codable, Comparable {
    /// Empty where UIDs are global; the source's name where they are row numbers (`uid_scope: source`).
    package var scope: String
    package var uid: String
    /// `nil` for a single booking and for the master of a series.
    package var recurrenceID: RecurrenceID?

    package init(scope: String = "", uid: String, recurrenceID: RecurrenceID? = nil) {
        self.scope = scope
        self.uid = uid
        self.recurrenceID = recurrenceID
    }

    package static func < (lhs: BookingKey, rhs: BookingKey) -> Bool {
        if lhs.scope != rhs.scope { return lhs.scope < rhs.scope }
        if lhs.uid != rhs.uid { return lhs.uid < rhs.uid }
        return lhs.recurrenceID.isBefore(rhs.recurrenceID)
    }
}
