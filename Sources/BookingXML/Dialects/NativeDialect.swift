/// Our own vocabulary (`Schema/bookings.xsd`): `bookings` with `booking` children.
struct NativeDialect: DialectReader {
    static let dialect = XMLDialect.native
    static let namespaces = [XMLNamespace.native]

    let sourceName: String?
    let defaultZone: String?
    let mode: XMLReading.Mode
    private(set) var diagnostics: [XMLDiagnostic] = []
    /// Whether the root has a password: a room must not be open to all because it stands at the wrong place.
    private let isPasswordOutside: Bool
    /// Of the record that is open.
    private var namespace = XMLNamespace.native

    init?(root: XMLTag) {
        guard root.is(.bookings, .native) else { return nil }
        sourceName = root.value(.source)
        isPasswordOutside = root.value(.password)?.isEmpty == false
        let zone = root.value(.zone)?.token ?? ""
        defaultZone = zone.isEmpty ? nil : zone
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
        for name in [XMLName.source, .zone] where root.value(name)?.token.isEmpty == true {
            diagnostics.append(
                XMLDiagnostic(.notValid, .tolerated, line: root.line, "bookings has an empty \(name.spelling)"))
        }
        if root.hasOther(than: [.source, .zone, .mode]) {
            diagnostics.append(
                XMLDiagnostic(.notValid, .tolerated, line: root.line, "bookings has an attribute that is not known"))
        }
    }

    /// Whatever else is in the root may have been meant for a booking.
    mutating func role(of name: XMLName, _ namespace: XMLNamespace, path: [XMLTag]) -> ElementRole {
        self.namespace = namespace
        return path.count == 1 ? .record : .skip
    }

    func note(_ context: XMLRecord, path: [XMLTag]) {}

    static let forbidsText = true

    mutating func noteText(line: Int) {
        guard diagnostics.count < Self.keptDiagnostics else { return }
        diagnostics.append(
            XMLDiagnostic(.notValid, .tolerated, line: line, "bookings has text between its elements"))
    }

    mutating func read(_ record: XMLRecord, path: [XMLTag], item: (XMLItem) -> Void) {
        guard record.name(of: 0) != .booking else {
            let booking = NativeBooking(
                record: record, defaultZone: defaultZone, isPasswordOutside: isPasswordOutside)
            item(booking.item())
            return
        }
        readUnknown(record, item)
    }

    /// A booking of which only the name or the namespace is wrong must not pass for one that is gone.
    private mutating func readUnknown(_ record: XMLRecord, _ item: (XMLItem) -> Void) {
        let uid = record.token(.id, of: 0) ?? ""
        guard namespace == .native || namespace == .none, !uid.isEmpty else {
            guard diagnostics.count < Self.keptDiagnostics else { return }
            diagnostics.append(
                record.finding(.notValid, .tolerated, 0, "bookings has an element that is not known"))
            return
        }
        let finding = record.rejection(
            .notValid, 0, "an element with an id is no booking of the namespace \(XMLNamespace.native.uri)")
        item(.rejected(XMLRejection(uid: uid, line: record.line, diagnostics: [finding])))
    }
}

extension XMLTag {
    /// Whether it has an attribute without a namespace that is none of these.
    func hasOther(than known: [XMLName]) -> Bool {
        attributes.contains { $0.namespace == .none && !known.contains($0.name) }
    }
}
