/// The bare address of a person, for comparing: no `mailto:`, no resource part, case folded, never empty.
package struct Participant: Hashable, Sendable, Codable, Comparable {
    package let address: String

    /// From `mailto:Ann@Example.org`, `ann@example.org/laptop` and their like; `nil` without a single `@` inside.
    package init?(_ raw: String) {
        var text = Substring(raw.lowercased())
        if text.hasPrefix("mailto:") { text = text.dropFirst("mailto:".count) }
        if let slash = text.firstIndex(of: "/") { text = text[..<slash] }
        guard let at = text.firstIndex(of: "@"), at != text.startIndex, text.index(after: at) != text.endIndex,
            !text[text.index(after: at)...].contains("@")
        else { return nil }
        address = String(text)
    }

    package static func < (lhs: Participant, rhs: Participant) -> Bool { lhs.address < rhs.address }

    package var localPart: Substring { address.prefix { $0 != "@" } }
    package var domain: String { String(address.drop { $0 != "@" }.dropFirst()) }
}
