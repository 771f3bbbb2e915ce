import Reservations

/// Makes lists of rooms of their texts in rows. There are few of them, and many rows: each text is decoded once.
struct RoomLists {
    private var decoded: [String: [BookedRoom]] = [:]

    private static let remembered = 10_000

    mutating func rooms(_ text: String) throws -> [BookedRoom] {
        if let known = decoded[text] { return known }
        let rooms = try StoredJSON.decode([BookedRoom].self, text)
        if decoded.count < Self.remembered { decoded[text] = rooms }
        return rooms
    }
}
