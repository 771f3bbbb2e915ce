/// An ORGANIZER or ATTENDEE of a document (RFC 5545 §3.3.3), each part decoded when it is asked for.
///
/// Its parameters are walked over once, when the view is made.
public struct UserView: Sendable {
    private let storage: DocumentStorage
    private let line: Int
    private let name: Place
    private let type: Place
    private let status: Place
    private let emailAddress: Place

    /// Where a parameter's value is, with its quotes; empty without one.
    private struct Place {
        var start: UInt32 = 0
        var end: UInt32 = 0

        init() {}

        init(_ range: Range<Int>) {
            start = UInt32(truncatingIfNeeded: range.lowerBound)
            end = UInt32(truncatingIfNeeded: range.upperBound)
        }

        var range: Range<Int> { Int(start)..<Int(end) }
        var isEmpty: Bool { start == end }
    }

    init(_ storage: DocumentStorage, line: Int) {
        self.storage = storage
        self.line = line
        let text = storage.text
        let span = text.span
        var (name, type, status, email) = (Place(), Place(), Place(), Place())
        var cursor = ParameterCursor(storage.range(ofParameters: line))
        while cursor.next(span) {
            switch cursor.name {
            case .commonName: name = Place(cursor.value)
            case .userType: type = Place(cursor.value)
            case .participationStatus: status = Place(cursor.value)
            case .email: email = Place(cursor.value)
            case _: break
            }
        }
        (self.name, self.type, self.status, emailAddress) = (name, type, status, email)
    }

    /// The CAL-ADDRESS as it is written, mostly `mailto:…`.
    public var address: String {
        let text = storage.text
        return storage.string(text.span.trimmed(storage.range(ofValue: line)), ofLine: line)
    }

    /// Calls `body` with the CAL-ADDRESS as it is written: no copy is made.
    public func withAddressBytes<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
        let text = storage.text
        return body(text.span.extracting(text.span.trimmed(storage.range(ofValue: line))))
    }

    /// CN; empty when absent.
    public var commonName: String { name.isEmpty ? "" : storage.parameterValue(name.range, ofLine: line) }

    /// Calls `body` with CN in UTF-8, without quotes and unescaped: a copy is made only of what is escaped.
    public func withCommonNameBytes<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
        let text = storage.text
        let place = ParameterValue.single(text.span, name.range)
        guard !storage.lines[line].flags.contains(.windows1252),
            text.span.firstIndexNear(of: ASCII.caret, in: place) == nil
        else { return body(commonName.utf8.span) }
        return body(text.span.extracting(place))
    }

    /// CUTYPE, upper-cased; `INDIVIDUAL` when absent.
    public var userType: String {
        type.isEmpty ? UserTypeWord.individual.rawValue : word(type, among: UserTypeWord.table)
    }

    /// PARTSTAT, upper-cased; `NEEDS-ACTION` when absent.
    public var participationStatus: String {
        status.isEmpty ? ParticipationWord.needsAction.rawValue : word(status, among: ParticipationWord.table)
    }

    /// The EMAIL parameter (RFC 7986 §6.2); empty when absent.
    public var email: String { emailAddress.isEmpty ? "" : storage.parameterValue(emailAddress.range, ofLine: line) }

    /// A parameter of a closed set, upper-cased: one of the known words, which costs no allocation, or what is there.
    private func word<Word: RawRepresentable<String>>(_ place: Place, among words: NameTable<Word>) -> String {
        let text = storage.text
        return words.kind(text.span, place.range)?.rawValue
            ?? storage.parameterValue(place.range, ofLine: line).uppercased()
    }
}

extension CalendarUser {
    /// Everything that `view` can tell.
    init(_ view: UserView) {
        self.init(nameless: view)
        commonName = view.commonName
    }

    /// Everything but the name.
    init(nameless view: UserView) {
        address = view.address
        userType = view.userType
        participationStatus = view.participationStatus
        email = view.email
    }
}

/// CUTYPE (RFC 5545 §3.2.3).
private enum UserTypeWord: String, Sendable, CaseIterable {
    case individual = "INDIVIDUAL"
    case room = "ROOM"
    case resource = "RESOURCE"
    case group = "GROUP"
    case unknown = "UNKNOWN"

    static let table = NameTable<UserTypeWord>()
}

/// PARTSTAT of an event (RFC 5545 §3.2.12).
private enum ParticipationWord: String, Sendable, CaseIterable {
    case needsAction = "NEEDS-ACTION"
    case accepted = "ACCEPTED"
    case declined = "DECLINED"
    case tentative = "TENTATIVE"
    case delegated = "DELEGATED"

    static let table = NameTable<ParticipationWord>()
}
