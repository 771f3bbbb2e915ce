/// A canonical Jitsi room name (NFKC, lower-case, percent-encoded), with its tenant as `[tenant]room`; a key, never
/// shown.
///
/// Never empty, at most 1,023 bytes (the node part of an XMPP address), ASCII only.
package struct RoomName: Hashable, Sendable, Comparable {
    package let text: String

    /// The longest name, in bytes.
    package static let maximumBytes = 1_023

    /// From a name as somebody wrote it or as Prosody asks for it: plain, percent-encoded or canonical already.
    ///
    /// Without a `tenant`, a name of the form `[tenant]room` brings its own. `nil` where nothing visible is left, where
    /// control characters are in it, and where it is too long. The canonical form of a canonical name is itself.
    package init?(_ raw: String, tenant: String? = nil) {
        let parts = tenant.map { (tenant: $0, room: raw) } ?? Self.split(raw)
        guard let room = CanonicalText(parts.room) else { return nil }
        var text = room.text
        if let rawTenant = parts.tenant {
            guard let tenant = CanonicalText(rawTenant) else { return nil }
            text = "[\(tenant.text)]\(room.text)"
        }
        guard text.utf8.count <= Self.maximumBytes else { return nil }
        self.text = text
    }

    package static func < (lhs: RoomName, rhs: RoomName) -> Bool { lhs.text < rhs.text }

    /// Jicofo opens such rooms now and then to see whether conferences can be had at all.
    package var isHealthCheck: Bool { text.hasPrefix("__jicofo-health-check") }

    /// The parts of `[tenant]room`; anything else is a room without a tenant.
    static func split(_ raw: String) -> (tenant: String?, room: String) {
        guard raw.hasPrefix("["), let bracket = raw.firstIndex(of: "]") else { return (nil, raw) }
        let tenant = raw[..<bracket].dropFirst()
        let room = raw[bracket...].dropFirst()
        guard !tenant.isEmpty, !room.isEmpty else { return (nil, raw) }
        return (String(tenant), String(room))
    }
}

extension RoomName: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let stored = try container.decode(String.self)
        guard let name = RoomName(stored), name.text == stored else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a canonical room name")
        }
        self = name
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
