import Diagnostics

/// The outcome of a request in the words of RFC 5546 §3.6.
package enum RequestStatus: String, Hashable, Sendable, CaseIterable {
    case success = "2.0"
    case fallbackTaken = "2.1"
    case propertyIgnored = "2.2"
    case ruleClipped = "2.11"
    case badValue = "3.1"
    case badDateOrTime = "3.5"
    case badRule = "3.6"
    case tooLarge = "3.10"
    case requiredMissing = "3.11"
    case busy = "4.0"

    /// The value of a REQUEST-STATUS property, not yet escaped.
    var text: String { "\(rawValue);\(words)" }

    /// The same with the words escaped as text (RFC 5545 §3.8.8.3).
    var escapedText: String { "\(rawValue);\(words.replacing(",", with: "\\,").replacing(";", with: "\\;"))" }

    private var words: String {
        switch self {
        case .success: "Success"
        case .fallbackTaken: "Success, but fallback taken on one or more property values"
        case .propertyIgnored: "Success, invalid property ignored"
        case .ruleClipped: "Success, unbounded RRULE clipped at some finite number of instances"
        case .badValue: "Invalid property value"
        case .badDateOrTime: "Invalid date or time"
        case .badRule: "Invalid rule"
        case .tooLarge: "Request entity too large"
        case .requiredMissing: "Required component or property missing"
        case .busy: "Event conflict. Date/time is busy"
        }
    }

    /// What a diagnostic about an entry means for the request; `nil` where RFC 5546 has no word for it.
    init?(_ code: DiagnosticCode) {
        if let grave = Self(rejecting: code) {
            self = grave
            return
        }
        guard let slight = Self(adjusting: code) else { return nil }
        self = slight
    }

    private init?(rejecting code: DiagnosticCode) {
        let groups: [(RequestStatus, Set<DiagnosticCode>)] = [
            (.badValue, [.badPassword, .unknownRoom, .unusableRoomName]),
            (.badDateOrTime, [.badDateTime, .endNotAfterStart, .noLength]),
            (.badRule, [.badRule]),
            (.tooLarge, [.tooManyOccurrences, .tooLong]),
            (.requiredMissing, [.missingStart, .missingElement, .noRoom]),
            (.busy, [.slotTaken, .bufferTaken, .seriesOverlapsItself, .displaced]),
        ]
        guard let status = groups.first(where: { $0.1.contains(code) })?.0 else { return nil }
        self = status
    }

    private init?(adjusting code: DiagnosticCode) {
        let groups: [(RequestStatus, Set<DiagnosticCode>)] = [
            (.ruleClipped, [.endlessRule]),
            (.propertyIgnored, [.badMaxOccupants, .badLobby]),
            (.fallbackTaken, [.endAndDuration, .unknownZone, .floatingTime, .orphanedOverride, .exceptionDateType]),
        ]
        guard let status = groups.first(where: { $0.1.contains(code) })?.0 else { return nil }
        self = status
    }
}

extension RequestStatus: Comparable {
    /// In the order of the standard.
    package static func < (lhs: RequestStatus, rhs: RequestStatus) -> Bool { lhs.place < rhs.place }

    private var place: Int { Self.allCases.firstIndex(of: self) ?? Self.allCases.count }
}
