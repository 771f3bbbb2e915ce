/// The bare address of a person, for comparing: no `mailto:`, no resource part, case folded, never empty.
package struct Participant: Hashable, Sendable, Codable, Comparable {
    package let address: String

    /// From `mailto:Ann@Example.org`, `ann@example.org/laptop` and their like; `nil` without a single `@` inside.
    package init?(_ raw: String) {
        var text = raw.utf8[...].trimmed
        if text.beginsWithMailto { text = text.dropFirst("mailto:".utf8.count).trimmed }
        text = text.prefix { $0 != UInt8(ascii: "/") }
        let domain = text.drop { $0 != UInt8(ascii: "@") }.dropFirst()
        guard text.first != UInt8(ascii: "@"), !domain.isEmpty, !domain.contains(UInt8(ascii: "@")) else { return nil }
        let address = String(Substring(text))
        self.address = address.utf8.allSatisfy(\.isLowerASCII) ? address : address.lowercased()
    }

    /// - Parameter address: that of another one.
    package init(known address: String) { self.address = address }

    package static func < (lhs: Participant, rhs: Participant) -> Bool { lhs.address < rhs.address }

    package var localPart: Substring { address.prefix { $0 != "@" } }
    package var domain: String { String(address.drop { $0 != "@" }.dropFirst()) }
}

extension Substring.UTF8View {
    fileprivate var beginsWithMailto: Bool {
        starts(with: "mailto:".utf8) { $0 == $1 || $0.isUpperASCII && $0 | 0x20 == $1 }
    }

    fileprivate var trimmed: Self {
        let start = drop { $0 == UInt8(ascii: " ") }
        let last = start.lastIndex { $0 != UInt8(ascii: " ") }
        return last.map { start[...$0] } ?? start
    }
}

extension UInt8 {
    fileprivate var isUpperASCII: Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) }

    /// ASCII that lower-casing leaves as it is.
    fileprivate var isLowerASCII: Bool { self < 0x80 && !isUpperASCII }
}
