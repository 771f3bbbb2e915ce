/// A property as it is to be written (RFC 5545 §3.5): whatever it is made of, it is one valid content line.
///
/// Control characters, which no content line can hold, are left out of values; a parameter without a name is left out.
public struct WrittenProperty: Hashable, Sendable {
    /// What stands before the name and a period; `nil` for none.
    public let group: String?
    /// Upper-cased, letters, digits, hyphens and underscores only.
    public let name: String
    /// In the order of writing, with their values unescaped.
    public let parameters: [PropertyParameter]
    /// The value as it stands in the line, escaped where its type asks for it.
    public let rawValue: String

    /// A property whose value is written as it is.
    public init(
        _ name: String, rawValue: String, parameters: [PropertyParameter] = [], group: String? = nil
    ) {
        self.group = group.map(Self.nameText)
        self.name = Self.nameText(name).uppercased()
        self.parameters = parameters.compactMap(Self.valid)
        self.rawValue = Self.withoutControls(rawValue, keeping: [ASCII.tab])
    }

    /// A property of type TEXT (§3.3.11): `text` is escaped.
    public init(_ name: String, text: String, parameters: [PropertyParameter] = []) {
        self.init(name, rawValue: TextValue.escaped(text), parameters: parameters)
    }

    /// A property of type DATE or DATE-TIME (§3.3.4–5), with `VALUE=DATE` or TZID as the time asks for.
    public init(_ name: String, time: CalendarTime, parameters: [PropertyParameter] = []) {
        let own: [PropertyParameter] =
            switch time {
            case .date: [PropertyParameter(name: "VALUE", values: ["DATE"])]
            case .zoned(_, let tzid): [PropertyParameter(name: "TZID", values: [tzid])]
            case .floating, .utc: []
            }
        self.init(name, rawValue: time.valueText, parameters: own + parameters)
    }

    /// A property that was read. Quoted-printable text becomes TEXT; everything else stays as it is.
    public init(_ view: PropertyView) {
        let parameters = view.parameters
        guard view.isQuotedPrintable else {
            self.init(view.name, rawValue: view.rawValue, parameters: parameters, group: view.group)
            return
        }
        let others = parameters.filter { !["ENCODING", "CHARSET"].contains($0.name) }
        self.init(view.name, rawValue: TextValue.escaped(view.text), parameters: others, group: view.group)
    }

    private static func nameText(_ name: String) -> String {
        String(decoding: name.utf8.filter(ASCII.isNameByte), as: UTF8.self)
    }

    private static func valid(_ parameter: PropertyParameter) -> PropertyParameter? {
        let name = nameText(parameter.name).uppercased()
        guard !name.isEmpty, !parameter.values.isEmpty else { return nil }
        // No value here is encoded so (vCalendar 1.0), and readers would take a last `=` for a soft line break.
        guard name != "ENCODING" || parameter.values != ["QUOTED-PRINTABLE"] else { return nil }
        // A line break has an escape in parameters (RFC 6868).
        let values = parameter.values.map { value in
            withoutControls(value.replacing("\r\n", with: "\n"), keeping: [ASCII.tab, ASCII.lineFeed])
        }
        return PropertyParameter(name: name, values: values)
    }

    private static func withoutControls(_ text: String, keeping kept: [UInt8]) -> String {
        let isClean = text.utf8.allSatisfy { $0 >= ASCII.space && $0 != 0x7F }
        guard !isClean else { return text }
        let bytes = text.utf8.filter { ($0 >= ASCII.space && $0 != 0x7F) || kept.contains($0) }
        return String(decoding: bytes, as: UTF8.self)
    }
}
