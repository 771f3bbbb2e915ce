/// Whether a booking takes part in placement (design: conflicts, rule 5).
package enum Participation: String, Hashable, Sendable, Codable {
    case confirmed
    case tentative
    /// STATUS:CANCELLED or METHOD:CANCEL.
    case cancelled
    /// TRANSP:TRANSPARENT.
    case transparent
    /// The room itself declined (PARTSTAT=DECLINED).
    case roomDeclined

    package var takesPart: Bool {
        switch self {
        case .confirmed, .tentative: true
        case .cancelled, .transparent, .roomDeclined: false
        }
    }
}
