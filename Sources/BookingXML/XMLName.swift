/// The local names of elements and attributes that any dialect reads; libxml2 gives them to us as numbers.
enum XMLName: String, CaseIterable {
    /// A name that no dialect reads.
    case other = ""

    // Native.
    case also, booking, bookings, duration, end, except, id, lobby, mode, occurrence, owner, password, `repeat`
    case revision, room, rule, settings, source, start, status, title, zone
    case maxOccupants = "max-occupants"
    case recurrenceOf = "recurrence-of"

    /// The name with this number; `other` for any number that is none.
    static func numbered(_ number: Int) -> XMLName {
        all.indices.contains(number) ? all[number] : .other
    }

    private static let all = allCases
}

/// The namespaces of the dialects. Prefixes do not matter.
enum XMLNamespace: String, CaseIterable {
    case none = ""
    case native = "urn:bookwatch:bookings:1"
    case other = "urn:bookwatch:any-other-namespace"

    /// The namespace with this number; `other` for any number that is none.
    static func numbered(_ number: Int) -> XMLNamespace {
        all.indices.contains(number) ? all[number] : .other
    }

    private static let all = allCases
}

/// A start tag.
struct XMLTag {
    var name: XMLName
    var namespace: XMLNamespace
    /// From 1.
    var line: Int
    var attributes: [XMLAttribute] = []

    func `is`(_ name: XMLName, _ namespace: XMLNamespace) -> Bool { self.name == name && self.namespace == namespace }

    func value(_ name: XMLName) -> String? {
        attributes.first { $0.name == name && $0.namespace == .none }?.value
    }
}

struct XMLAttribute {
    var name: XMLName
    /// `none` for an attribute without prefix.
    var namespace: XMLNamespace
    var value: String
}
