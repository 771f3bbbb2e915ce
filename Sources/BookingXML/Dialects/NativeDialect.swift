/// Our own vocabulary (`Schema/bookings.xsd`): `bookings` with `booking` children.
struct NativeDialect: DialectReader {
    static let dialect = XMLDialect.native
    static let namespaces = [XMLNamespace.native]

    let sourceName: String?
    let defaultZone: String?
    let mode: XMLReading.Mode
    private(set) var diagnostics: [XMLDiagnostic] = []

    init?(root: XMLTag) {
        guard root.is(.bookings, .native) else { return nil }
        sourceName = root.value(.source)
        defaultZone = root.value(.zone)
        switch root.value(.mode) {
        case "changes": mode = .changes
        case nil, "snapshot": mode = .snapshot
        case let other?:
            // Nothing is withdrawn because of a word that nobody understands.
            mode = .changes
            diagnostics.append(
                XMLDiagnostic(
                    .badValue, .tolerated, line: root.line,
                    "mode is \(other.quoted), neither \"snapshot\" nor \"changes\": read as \"changes\""))
        }
        if root.hasOther(than: [.source, .zone, .mode]) {
            diagnostics.append(
                XMLDiagnostic(.notValid, .tolerated, line: root.line, "bookings has an attribute that is not known"))
        }
    }

    func role(of name: XMLName, _ namespace: XMLNamespace, path: [XMLTag]) -> ElementRole {
        path.count == 1 && name == .booking && namespace == .native ? .record : .skip
    }

    func note(_ context: XMLRecord, path: [XMLTag]) {}

    func read(_ record: XMLRecord, path: [XMLTag], item: (XMLItem) -> Void) {
        item(NativeBooking(record: record, defaultZone: defaultZone).item())
    }
}

extension XMLTag {
    /// Whether it has an attribute without a namespace that is none of these.
    func hasOther(than known: [XMLName]) -> Bool {
        attributes.contains { $0.namespace == .none && !known.contains($0.name) }
    }
}
