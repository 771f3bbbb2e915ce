/// A room as a booking names it: the canonical key, and what people are shown.
package struct BookedRoom: Hashable, Sendable, Codable {
    package var name: RoomName
    package var shown: String
    /// The rule that found it.
    package var rule: RoomRule

    package init(name: RoomName, shown: String, rule: RoomRule) {
        self.name = name
        self.shown = shown
        self.rule = rule
    }
}
