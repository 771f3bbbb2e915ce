/// What the texts of a field stand for.
package struct ValueMap: Hashable, Sendable {
    /// What becomes of a text that is not in the table.
    package enum Missing: Hashable, Sendable {
        case reject
        case keep
        case otherwise(String)
    }

    private let values: [String: String]
    private let missing: Missing

    /// Rows of a table.
    package static let maximumRows = 100_000

    /// - Throws: when the table is too long.
    package init(_ values: [String: String], missing: Missing) throws(MappingFault) {
        guard values.count <= Self.maximumRows else {
            throw MappingFault("a table has more than \(Self.maximumRows) rows")
        }
        self.values = values
        self.missing = missing
    }

    /// `nil` for a text that is to be rejected.
    func value(of text: String) -> String? {
        if let value = values[text] { return value }
        return switch missing {
        case .reject: nil
        case .keep: text
        case .otherwise(let other): other
        }
    }
}
