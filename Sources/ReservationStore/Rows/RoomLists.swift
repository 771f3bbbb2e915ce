import Reservations

/// Makes lists of rooms of their texts in rows, and texts of lists. There are few of them, and many rows: each is
/// decoded and encoded once.
struct RoomLists {
    private var decoded: [String: [BookedRoom]] = [:]
    private var encoded: [[BookedRoom]: String] = [:]

    /// How many lists.
    static let remembered = 10_000

    mutating func rooms(_ text: String) throws -> [BookedRoom] {
        if let known = decoded[text] { return known }
        let rooms = try StoredJSON.decode([BookedRoom].self, text)
        if decoded.count < Self.remembered { decoded[text] = rooms }
        return rooms
    }

    mutating func text(of rooms: [BookedRoom]) throws -> String {
        if let known = encoded[rooms] { return known }
        let text = try StoredJSON.encode(rooms)
        if encoded.count < Self.remembered { encoded[rooms] = text }
        return text
    }
}
