/// The rooms that the operator configured: patterns in order with their terms, and aliases.
package struct RoomCatalogue: Sendable {
    package struct Entry: Hashable, Sendable {
        package let pattern: RoomPattern
        package let terms: RoomTerms

        package init(_ pattern: RoomPattern, _ terms: RoomTerms = RoomTerms()) {
            self.pattern = pattern
            self.terms = terms
        }
    }

    private let entries: [Entry]
    private let unmatched: RoomTerms
    package let aliases: RoomAliases
    private let roomsByAddress: [String: RoomName]

    /// Without `entries` every name is known, on the terms `unmatched`.
    package init(_ entries: [Entry] = [], unmatched: RoomTerms = RoomTerms(), aliases: RoomAliases = RoomAliases()) {
        self.entries = entries
        self.unmatched = unmatched
        self.aliases = aliases
        let addressed = entries.compactMap { entry in
            entry.terms.address.flatMap { address in entry.pattern.room.map { (address.address, $0) } }
        }
        roomsByAddress = Dictionary(addressed) { first, _ in first }
    }

    package func knows(_ room: RoomName) -> Bool { entries.isEmpty || index(for: room) != nil }

    /// The terms of the first pattern that matches; the defaults where none does.
    package func terms(for room: RoomName) -> RoomTerms { index(for: room).map { entries[$0].terms } ?? unmatched }

    /// The room with this mail address: by the alias table, or configured by its full name with the address.
    package func room(withAddress text: String) -> RoomName? {
        if let room = aliases[text] { return room }
        guard let address = Participant(text) else { return nil }
        return aliases[address.address] ?? roomsByAddress[address.address]
    }

    /// What the operator may have meant by a name that is not known: configured texts, the nearest first, three at
    /// most.
    package func nearest(to text: String) -> [String] {
        let asked = text.lowercased()
        let known = entries.map(\.pattern.text) + aliases.pairs.map(\.text)
        let ranked = known.compactMap { candidate -> (distance: Int, text: String)? in
            let limit = 1 + min(asked.count, candidate.count) / 4
            return editDistance(asked, candidate.lowercased(), limit: limit).map { ($0, candidate) }
        }
        let sorted = ranked.sorted { ($0.distance, $0.text) < ($1.distance, $1.text) }
        return sorted.prefix(3).map(\.text)
    }

    /// The configured patterns, in order.
    package var patterns: [String] { entries.map(\.pattern.text) }

    /// Patterns with the mail addresses of their rooms, in order.
    package var addresses: [String] {
        entries.compactMap { entry in entry.terms.address.map { "\(entry.pattern.text)=\($0.address)" } }
    }

    /// By their numbers, since an iterator copies every entry that it comes to.
    private func index(for room: RoomName) -> Int? { entries.indices.first { entries[$0].pattern.matches(room) } }
}
