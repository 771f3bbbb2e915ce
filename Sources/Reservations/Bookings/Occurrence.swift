/// One instance of a booking in time.
package struct Occurrence: Hashable, Sendable, Codable {
    /// `nil` for a booking that does not recur.
    package var recurrenceID: RecurrenceID?
    package var slot: TimeSlot

    package init(recurrenceID: RecurrenceID? = nil, slot: TimeSlot) {
        self.recurrenceID = recurrenceID
        self.slot = slot
    }
}
