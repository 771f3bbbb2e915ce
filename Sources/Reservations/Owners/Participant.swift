/// The bare address of a person, for comparing: no `mailto:`, no resource part, case folded, never empty.
package struct Participant: Hashable, Sendable, Codable, Comparable {
    package let address: String

    /// From `mailto:Ann@Example.org`, `ann@example.org/laptop` and their like; `nil` without a single `@` inside.
    package init?(_ raw: String) {
        var text = raw.lowercased().utf8[...].trimmed
        if text.starts(with: "mailto:".utf8) { text = text.dropFirst("mailto:".utf8.count).trimmed }
        text = text.prefix { $0 != UInt8(ascii: "/") }
        let domain = text.drop { $0 != UInt8(ascii: "@") }.dropFirst()
        guard text.first != UInt8(ascii: "@"), !domain.isEmpty, !domain.contains(UInt8(ascii: "@")) else { return nil }
        address = String(Substring(text))
    }

    /// - Parameter address: that of another one.
    package init(known address: String) { self.address = address }

    package static func < (lhs: Participant, rhs: Participant) -> Bool { lhs.address < rhs.address }

    package var localPart: Substring { address.prefix { $0 != "@" } }
    package var domain: String { String(address.drop { $0 != "@" }.dropFirst()) }
}

extension Substring.UTF8View {
    fileprivate var trimmed: Self {
        let start = drop { $0 == UInt8(ascii: " ") }
        let last = start.lastIndex { $0 != UInt8(ascii: " ") }
        return last.map { start[...$0] } ?? start
    }
}
