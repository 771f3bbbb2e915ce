import Glibc
import Reservations

/// Makes lists of rooms of their texts in rows, and texts of lists. There are few of them, and many rows: each is
/// decoded and encoded once.
struct RoomLists {
    private var decoded: [String: [BookedRoom]] = [:]
    /// The one that was decoded last: bookings of one room come one after the other.
    private var last: (text: [UInt8], rooms: [BookedRoom])?
    private var encoded: [[BookedRoom]: String] = [:]

    /// How many lists.
    static let remembered = 10_000

    mutating func rooms(_ text: String) throws -> [BookedRoom] {
        if let known = decoded[text] { return known }
        let rooms = try StoredJSON.decode([BookedRoom].self, text)
        if decoded.count < Self.remembered { decoded[text] = rooms }
        return rooms
    }

    /// - Parameter text: its bytes.
    mutating func rooms(_ text: ArraySlice<UInt8>) throws -> [BookedRoom] {
        if let last, text.hasBytes(of: last.text) { return last.rooms }
        let rooms = try rooms(String(decoding: text, as: UTF8.self))
        last = (Array(text), rooms)
        return rooms
    }

    mutating func text(of rooms: [BookedRoom]) throws -> String {
        if let known = encoded[rooms] { return known }
        let text = try StoredJSON.encode(rooms)
        if encoded.count < Self.remembered { encoded[rooms] = text }
        return text
    }
}

extension ArraySlice<UInt8> {
    /// As `==` says, in fewer steps.
    fileprivate func hasBytes(of other: [UInt8]) -> Bool {
        guard count == other.count else { return false }
        return unsafe withUnsafeBytes { mine in
            unsafe other.withUnsafeBytes { others in
                guard let mine = mine.baseAddress, let others = others.baseAddress else { return true }
                return unsafe memcmp(mine, others, count) == 0
            }
        }
    }
}
