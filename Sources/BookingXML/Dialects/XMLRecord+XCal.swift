import ICalendar

extension XMLRecord {
    /// The value elements of a property: its children without `parameters`.
    func xCalValues(of property: Int) -> [Int] {
        children(of: property).filter { elements[$0].name != .parameters }
    }

    /// A `recur` element (RFC 6321 §3.6.10) as the rule that RFC 5545 would write.
    func xCalRule(_ index: Int) throws(ICalendarError) -> RecurrenceRule {
        var names: [String] = []
        var values: [String: [UInt8]] = [:]
        for part in children(of: index) {
            let element = elements[part]
            let name = element.name == .other ? element.otherName.uppercased() : element.name.rawValue.uppercased()
            // The dates of `until` have hyphens and colons here; numbers and days have a hyphen for a minus.
            let value = element.name == .until ? Array(value(part)).withoutSeparators : Array(value(part))
            if let earlier = values[name] {
                values[name] = earlier + [UInt8(ascii: ",")] + value
            } else {
                names.append(name)
                values[name] = value
            }
        }
        let parts = names.map { Array($0.utf8) + [UInt8(ascii: "=")] + (values[$0] ?? []) }
        return try RecurrenceRule(parts.joined(separator: [UInt8(ascii: ";")]).map(\.self))
    }
}

extension [UInt8] {
    fileprivate var withoutSeparators: [UInt8] { filter { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: ":") } }
}
