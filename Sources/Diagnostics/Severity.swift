/// How much a diagnostic matters, from the least to the most.
package enum Severity: String, Sendable, Codable, CaseIterable, Comparable {
    /// Worth knowing; nothing was changed or left out.
    case note
    /// Something was read otherwise than it is written, or one value was ignored.
    case warning
    /// An entry, a file or a request was not honoured.
    case error

    package static func < (lhs: Severity, rhs: Severity) -> Bool { lhs.order < rhs.order }

    private var order: Int {
        switch self {
        case .note: 0
        case .warning: 1
        case .error: 2
        }
    }
}

/// Who has to act on a diagnostic.
package enum Actor: String, Sendable, Codable, CaseIterable {
    /// Whoever makes the export.
    case source
    /// The owner of the booking.
    case owner
    /// Whoever runs Bookwatch.
    case `operator`
}
