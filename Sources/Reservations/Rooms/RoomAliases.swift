private import Foundation

/// The operator's table from what exports say about a place (a text or a mail address) to the room that is meant.
package struct RoomAliases: Hashable, Sendable {
    /// The texts as configured with their rooms, for hints.
    package let pairs: [Alias]
    private let rooms: [String: RoomName]

    package struct Alias: Hashable, Sendable {
        package let text: String
        package let room: RoomName

        package init(_ text: String, _ room: RoomName) {
            self.text = text
            self.room = room
        }
    }

    /// Of two texts that compare equal the first counts.
    package init(_ pairs: [Alias] = []) {
        self.pairs = pairs
        rooms = Dictionary(pairs.map { (Self.key($0.text), $0.room) }) { first, _ in first }
    }

    /// Case, width of characters and the amount of white space make no difference.
    package subscript(text: String) -> RoomName? { rooms.isEmpty ? nil : rooms[Self.key(text)] }

    private static func key(_ text: String) -> String {
        text.precomposedStringWithCompatibilityMapping.lowercased()
            .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
