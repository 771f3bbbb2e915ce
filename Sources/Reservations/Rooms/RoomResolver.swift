package import Diagnostics

/// Finds the rooms that an entry means, by the rules of its source.
package struct RoomResolver: Sendable {
    private let rules: RoomRules
    private let catalogue: RoomCatalogue
    private let baseURLs: [JitsiBaseURL]

    package init(
        rules: RoomRules = .standard, catalogue: RoomCatalogue = RoomCatalogue(), baseURLs: [JitsiBaseURL] = []
    ) {
        self.rules = rules
        self.catalogue = catalogue
        self.baseURLs = baseURLs
    }

    /// The rooms that the first rule with an answer yields, each once, and what is wrong with those that it does not.
    ///
    /// An answer that cannot be used (BKG010) or is not a known room (BKG002) is an answer: no other rule is asked, so
    /// that a mistyped room never turns into another one.
    package func rooms(for clues: RoomClues) -> RoomResolution {
        for rule in rules.rules {
            let named = rooms(named: clues, by: rule)
            if !named.isEmpty { return resolution(of: named, rule: rule) }
        }
        return RoomResolution(diagnostics: [noRoom(clues)])
    }

    /// Whether URLs are looked for in texts that say other things too; where none is ours, they would be anybody's.
    package var looksIntoRunningText: Bool { !baseURLs.isEmpty }

    /// Whether a property may name the room.
    package var asksForProperties: Bool { rules.rules.contains(.property) }

    /// The terms on which a room may be used.
    package func terms(for room: RoomName) -> RoomTerms { catalogue.terms(for: room) }

    private func resolution(of named: [NamedRoom], rule: RoomRule) -> RoomResolution {
        var resolution = RoomResolution()
        for room in named {
            guard let name = room.name else {
                resolution.diagnostics.append(
                    Diagnostic(.unusableRoomName, "\(quoted(room.shown)) cannot be the name of a room"))
                continue
            }
            guard catalogue.knows(name) else {
                resolution.diagnostics.append(unknown(room.shown))
                continue
            }
            guard !resolution.rooms.contains(where: { $0.name == name }) else { continue }
            resolution.rooms.append(BookedRoom(name: name, shown: room.shown, rule: rule))
        }
        return resolution
    }

    private func noRoom(_ clues: RoomClues) -> Diagnostic {
        let asked = rules.rules.map(\.rawValue).joined(separator: ", ")
        let text = clues.location?.trimmed ?? ""
        guard rules.rules.contains(.location), !text.isEmpty, !MeetingURL.isURL(text) else {
            return Diagnostic(.noRoom, "names no room (rules asked: \(asked))")
        }
        let nearest = catalogue.nearest(to: text).map(quoted)
        return Diagnostic(
            .noRoom, "names no room (rules asked: \(asked)): its location \(quoted(text)) is none of the aliases",
            hint: nearest.isEmpty ? nil : "did you mean \(nearest.joined(separator: " or "))?")
    }

    private func unknown(_ shown: String) -> Diagnostic {
        let nearest = catalogue.nearest(to: shown).map(quoted)
        let known = catalogue.patterns.prefix(5).map(quoted).joined(separator: ", ")
        let hint =
            nearest.isEmpty
            ? "name one of the configured rooms (\(known)), or add this one to the configuration"
            : "did you mean \(nearest.joined(separator: " or "))?"
        return Diagnostic(.unknownRoom, "room \(quoted(shown)) matches none of the configured rooms", hint: hint)
    }

    private func rooms(named clues: RoomClues, by rule: RoomRule) -> [NamedRoom] {
        switch rule {
        case .url: meetingRooms(clues.urlTexts)
        case .resource:
            clues.resources.compactMap { text in
                catalogue.room(withAddress: text).map { NamedRoom(name: $0, shown: text) }
            }
        case .location:
            // Not by `map`, which would copy the rules for it.
            if let location = clues.location { locations(location) } else { [] }
        case .property:
            clues.properties
                .filter { $0.name.lowercased() == rules.property?.lowercased() }
                .compactMap { room(called: $0.value) }
        case .calendar:
            [clues.calendarName, clues.fileName.map(stem)].compactMap { $0.flatMap(room(called:)) }.first.map { [$0] }
                ?? []
        case .fixed: rules.fixed.compactMap(room(called:))
        }
    }

    /// An alias, or the name of a room itself; `nil` for an empty text.
    private func room(called raw: String) -> NamedRoom? {
        let text = raw.trimmed
        guard !text.isEmpty else { return nil }
        return NamedRoom(name: catalogue.aliases[text] ?? RoomName(text), shown: text)
    }

    /// Exchange joins several rooms by semicolons; they count where the alias table knows them all.
    private func locations(_ raw: String) -> [NamedRoom] {
        let text = raw.trimmed
        if let name = catalogue.aliases[text] { return [NamedRoom(name: name, shown: text)] }
        if text.hasASCII(UInt8(ascii: ";")) {
            let parts = text.split(separator: ";").map { String($0).trimmed }
            let known = parts.compactMap { part in catalogue.aliases[part].map { NamedRoom(name: $0, shown: part) } }
            if !known.isEmpty, known.count == parts.count { return known }
        }
        guard rules.slug, !MeetingURL.isURL(text) else { return [] }
        return room(called: text).map { [$0] } ?? []
    }

    private func stem(_ fileName: String) -> String {
        let name = fileName.split(separator: "/").last ?? ""
        return String(name.lastIndex(of: ".").map { $0 == name.startIndex ? name : name[..<$0] } ?? name)
    }
}

/// The rooms of an entry, and the findings about what it says; one of them is never empty.
package struct RoomResolution: Hashable, Sendable {
    package var rooms: [BookedRoom]
    package var diagnostics: [Diagnostic]

    package init(rooms: [BookedRoom] = [], diagnostics: [Diagnostic] = []) {
        self.rooms = rooms
        self.diagnostics = diagnostics
    }
}

/// What a rule found; `name` is `nil` where the text cannot be a room name.
private struct NamedRoom {
    var name: RoomName?
    var shown: String
}

// MARK: - The rule `url`

extension RoomResolver {
    /// The rooms in the first place that has any. Running text means one room at most: it may cite other meetings.
    private func meetingRooms(_ texts: [RoomClues.URLText]) -> [NamedRoom] {
        var first: (place: RoomClues.Place, rooms: [NamedRoom])?
        for text in texts where first.map({ text.place <= $0.place }) ?? true {
            let found = meetingRooms(in: text)
            guard !found.isEmpty else { continue }
            let former = first.flatMap { $0.place == text.place ? $0.rooms : nil } ?? []
            first = (text.place, former + found)
        }
        guard let first else { return [] }
        return switch first.place {
        case .conference, .url, .location: first.rooms
        case .extensionProperty, .description: [first.rooms[0]]
        }
    }

    private func meetingRooms(in clue: RoomClues.URLText) -> [NamedRoom] {
        guard !baseURLs.isEmpty || clue.place == .conference || clue.place == .location else { return [] }
        let isWhole = MeetingURL.isURL(clue.text)
        guard isWhole || !baseURLs.isEmpty else { return [] }
        let urls = isWhole ? MeetingURL(clue.text.trimmed).map { [$0] } ?? [] : MeetingURL.all(in: clue.text)
        if !baseURLs.isEmpty {
            return urls.compactMap { url in
                baseURLs.lazy.compactMap { $0.segments(below: url) }.first.flatMap(namedRoom)
            }
        }
        return urls.compactMap { namedRoom($0.segments) }
    }

    private func namedRoom(_ segments: [String]) -> NamedRoom? {
        MeetingRoom(segments: segments).map { NamedRoom(name: $0.name, shown: $0.shown) }
    }
}
