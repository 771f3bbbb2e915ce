/// What a field of a report holds, for the formats to write each in its way.
package enum FieldValue: Hashable, Sendable {
    case none
    case number(Int)
    /// Cleaned: no control characters, no direction overrides, bounded.
    case text(String)
    case blocking([[ReportField]])

    init(_ text: String?, limit: Int = ReportText.valueLimit) {
        self = text.map { .text(ReportText.clean($0, limit: limit)) } ?? .none
    }

    init(_ number: Int?) { self = number.map(FieldValue.number) ?? .none }
}

package struct ReportField: Hashable, Sendable {
    let name: String
    let value: FieldValue

    init(_ name: String, _ value: FieldValue) {
        self.name = name
        self.value = value
    }
}

extension ReportField {
    /// A number under the name that all formats use.
    init(_ name: String, _ count: Int) { self.init(name, .number(count)) }
}
