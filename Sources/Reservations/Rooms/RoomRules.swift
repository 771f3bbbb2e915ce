/// How a source tells its rooms: the rules in order, and what they need.
package struct RoomRules: Hashable, Sendable {
    package var rules: [RoomRule]
    /// Whether a LOCATION that the alias table does not know is a room name itself.
    package var slug: Bool
    /// The property or field that the rule `property` reads.
    package var property: String?
    /// The rooms of the rule `fixed`.
    package var fixed: [String]

    package init(_ rules: [RoomRule], slug: Bool = false, property: String? = nil, fixed: [String] = []) {
        self.rules = rules
        self.slug = slug
        self.property = property
        self.fixed = fixed
    }

    /// The rules of a source that lists none.
    package static let standard = RoomRules([.url, .location, .calendar], slug: true)
}
