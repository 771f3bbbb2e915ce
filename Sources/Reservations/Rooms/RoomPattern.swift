/// A room name in which `*` stands for any text, the empty one included: `board*`, `[sales]*`, `*`.
///
/// Compared with canonical names, so `Größe *` finds `gr%c3%b6%c3%9fe%20b%c3%bcro`.
package struct RoomPattern: Hashable, Sendable {
    /// As it is configured.
    package let text: String
    /// The canonical texts between the stars; one piece means that there is no star.
    private let pieces: [[UInt8]]

    /// `nil` for an empty pattern, and where a piece could not be part of a room name.
    package init?(_ text: String) {
        guard !text.isEmpty, text.utf8.count <= RoomName.maximumBytes else { return nil }
        let parts = RoomName.split(text)
        guard let room = Self.canonical(parts.room) else { return nil }
        var whole = room
        if let rawTenant = parts.tenant {
            guard let tenant = Self.canonical(rawTenant) else { return nil }
            whole = "[\(tenant)]\(room)"
        }
        self.text = text
        pieces = whole.utf8.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false).map(Array.init)
    }

    /// The only room that it can mean; `nil` for a pattern with a star.
    package var room: RoomName? {
        guard pieces.count == 1, let piece = pieces.first else { return nil }
        return RoomName(String(decoding: piece, as: UTF8.self))
    }

    /// Taking the first place that fits for each piece is enough, since a star takes anything.
    package func matches(_ room: RoomName) -> Bool {
        let name = room.text.utf8.span
        guard let first = pieces.first, let last = pieces.last, name.has(first, at: 0) else { return false }
        guard pieces.count > 1 else { return name.count == first.count }
        var place = first.count
        for piece in pieces.dropFirst().dropLast() {
            while !name.has(piece, at: place) {
                guard place < name.count else { return false }
                place += 1
            }
            place += piece.count
        }
        return place + last.count <= name.count && name.has(last, at: name.count - last.count)
    }

    private static func canonical(_ text: String) -> String? {
        var pieces: [String] = []
        for piece in text.split(separator: "*", omittingEmptySubsequences: false) {
            guard !piece.isEmpty else {
                pieces.append("")
                continue
            }
            guard let canonical = CanonicalText(part: String(piece)) else { return nil }
            pieces.append(canonical.text)
        }
        return pieces.joined(separator: "*")
    }
}

extension Span where Element == UInt8 {
    fileprivate func has(_ piece: [UInt8], at place: Int) -> Bool {
        guard place + piece.count <= count else { return false }
        for index in piece.indices where self[place + index] != piece[index] { return false }
        return true
    }
}
