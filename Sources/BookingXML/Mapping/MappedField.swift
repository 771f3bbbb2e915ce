/// What a row of a mapped file may say about its booking, by the name that mappings use.
package enum MappedField: String, Hashable, Sendable, CaseIterable {
    case uid, room, owner, attendee, title, start, end, duration, zone, status, revision, modified, `repeat`, except
    case maxOccupants = "max_occupants"
    case lobby, password

    /// Whether each of several nodes counts; of other fields the first one does.
    package var isList: Bool {
        switch self {
        case .room, .attendee, .except: true
        case .uid, .owner, .title, .start, .end, .duration, .zone, .status, .revision, .modified, .repeat,
            .maxOccupants, .lobby, .password:
            false
        }
    }

    package var isTime: Bool {
        switch self {
        case .start, .end, .modified, .except: true
        case .uid, .room, .owner, .attendee, .title, .duration, .zone, .status, .revision, .repeat, .maxOccupants,
            .lobby, .password:
            false
        }
    }
}

/// Where a field's text comes from, and what is made of it.
package struct FieldRule: Hashable, Sendable {
    package var field: MappedField
    package var xpath: XPathExpression
    /// Tried in order; only for times.
    package var timeFormats: [TimeFormat] = []
    /// Tried in order; only for lengths.
    package var durationFormats: [DurationFormat] = []
    package var map: ValueMap?
    /// What stands where nothing is written; the map does not change it.
    package var fallback: String?

    package init(_ field: MappedField, _ xpath: XPathExpression) {
        self.field = field
        self.xpath = xpath
    }
}
