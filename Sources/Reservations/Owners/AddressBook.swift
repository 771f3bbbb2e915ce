/// Which addresses mean the same person, and which domains are ours.
///
/// Prosody knows people as `ann@meet.example.org`, calendars as `ann@example.org` or `ann.smith@example.org`.
package struct AddressBook: Hashable, Sendable {
    /// Rewrites that were followed one after another before a mapping counts as circular.
    private static let maximumSteps = 4

    private let domains: Set<String>
    private let rewrites: [String: String]
    private let aliases: [Participant: Participant]

    /// - Parameters:
    ///   - domains: the domains whose addresses count as authenticated, before or after the mapping.
    ///   - rewrites: from a domain to the domain that is meant: `*@meet.example.org` → `*@example.org`, without `*@`.
    ///   - aliases: from one address to another; they are asked before the rewrites.
    package init(
        domains: [String] = [], rewrites: [String: String] = [:], aliases: [Participant: Participant] = [:]
    ) {
        self.domains = Set(domains.map { $0.lowercased() })
        let lowered = rewrites.map { ($0.key.lowercased(), $0.value.lowercased()) }.sorted { $0 < $1 }
        self.rewrites = Dictionary(lowered) { first, _ in first }
        self.aliases = aliases
    }

    /// The address under which this person is compared with others.
    package func person(_ address: Participant) -> Participant {
        guard !rewrites.isEmpty || !aliases.isEmpty else { return address }
        var person = address
        for _ in 0..<Self.maximumSteps {
            guard let next = aliases[person] ?? rewritten(person), next != person else { return person }
            person = next
        }
        return person
    }

    package func isAuthenticated(_ asker: Participant) -> Bool {
        domains.contains(asker.domain) || domains.contains(person(asker).domain)
    }

    private func rewritten(_ address: Participant) -> Participant? {
        rewrites[address.domain].flatMap { Participant("\(address.localPart)@\($0)") }
    }
}

extension AddressBook: Encodable {
    private enum CodingKeys: CodingKey {
        case domains, rewrites, aliases
    }

    /// Equal ones have equal bytes, where the encoder sorts keys.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(domains.sorted(), forKey: .domains)
        try container.encode(rewrites, forKey: .rewrites)
        let pairs = aliases.map { ($0.key.address, $0.value.address) }
        try container.encode(Dictionary(pairs) { first, _ in first }, forKey: .aliases)
    }
}
