/// The bare address of a person, for comparing: no `mailto:`, no resource part, case folded, never empty.
package struct Participant: Hashable, Sendable, Codable, Comparable {
    package let address: String

    /// From `mailto:Ann@Example.org`, `ann@example.org/laptop` and their like; `nil` without a single `@` inside.
    package init?(_ raw: String) {
        guard let written = WrittenAddress(in: raw.utf8.span) else { return nil }
        address = written.address(in: raw)
    }

    /// - Parameter address: that of another one.
    package init(known address: String) { self.address = address }

    package static func < (lhs: Participant, rhs: Participant) -> Bool { lhs.address < rhs.address }

    package var localPart: Substring { address.prefix { $0 != "@" } }
    package var domain: String { String(address.drop { $0 != "@" }.dropFirst()) }
}
