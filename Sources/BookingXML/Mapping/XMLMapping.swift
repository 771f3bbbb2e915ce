/// How a vocabulary that is not built in becomes bookings (design: xml, "Mapped dialects"). A mapping that exists can
/// be used: its XPaths compile, and it says what a booking must say.
package struct XMLMapping: Hashable, Sendable {
    package let name: String
    /// The names of the elements from the root to a record.
    package let path: [MappedName]
    package let namespaces: MappingNamespaces
    /// The nodes inside a record that are bookings; `nil` where the record is one.
    package let each: XPathExpression?
    /// One for a field.
    package let rules: [FieldRule]
    /// Of times that name none; `nil` leaves it to the source.
    package let zone: String?
    package let mode: XMLReading.Mode

    /// - Throws: when the parts do not fit each other.
    package init(
        name: String, root: MappedName, path: [MappedName], namespaces: MappingNamespaces, each: XPathExpression? = nil,
        rules: [FieldRule], zone: String? = nil, mode: XMLReading.Mode = .snapshot
    ) throws(MappingFault) {
        guard path.first == root, path.count > 1 else {
            throw MappingFault("the path to the records does not begin with the root element that is detected")
        }
        guard each?.isNodes ?? true else { throw MappingFault("each gives no nodes") }
        let fields = Set(rules.map(\.field))
        for field in [MappedField.room, .start] where !fields.contains(field) {
            throw MappingFault("the field \(field.rawValue) is missing")
        }
        guard fields.contains(.end) != fields.contains(.duration) else {
            throw MappingFault("one of the fields end and duration is needed, and not both")
        }
        guard !fields.contains(.except) || fields.contains(.repeat) else {
            throw MappingFault("the field except is of no use without repeat")
        }
        self.name = name
        self.path = path
        self.namespaces = namespaces
        self.each = each
        self.rules = rules
        self.zone = zone
        self.mode = mode
    }

    package var root: MappedName { path[0] }
}
