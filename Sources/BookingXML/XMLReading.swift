/// What is known of an XML export once it has been read to its end.
package struct XMLReading: Hashable, Sendable {
    /// How the reading ended. Whatever items came before, they count only after `complete`.
    package enum Ending: Hashable, Sendable {
        /// Well-formed to its end, and of a known dialect.
        case complete
        /// The file ends before its root element does: somebody may still be writing it.
        case truncated
        /// Not well-formed, over a limit, with an entity, in a refused encoding, or of an unknown dialect.
        case refused
    }

    /// Whether absence means anything.
    package enum Mode: Hashable, Sendable {
        /// The file holds all of its source: what is absent is withdrawn.
        case snapshot
        /// The file holds what changed: what is absent stays.
        case changes
        /// The file is one page of several (Exchange): what is absent stays.
        case page
    }

    package var ending: Ending
    /// `nil` while the root element is not known.
    package var dialect: XMLDialect?
    /// The name of the mapping that read the file; `nil` for a dialect that is built in.
    package var mapping: String?
    /// The name that the export gives its source; `nil` where it gives none.
    package var sourceName: String?
    /// The zone of times that name none, as it is written; `nil` where the export names none.
    package var defaultZone: String?
    package var mode: Mode
    /// Findings about the file as a whole; those of its entries come with the items.
    package var diagnostics: [XMLDiagnostic]

    package var isAccepted: Bool { ending == .complete }
}

/// The vocabularies that are built in, and all others together.
package enum XMLDialect: String, Hashable, Sendable, CaseIterable {
    case native
    /// RFC 6321.
    case xCal
    /// A WebDAV multistatus with calendar data (RFC 4791).
    case calDAV
    /// Answers of Exchange Web Services to GetItem and FindItem.
    case exchange
    /// The schedule.xml of conference planners: pretalx, frab, wafer, Pentabarf.
    case schedule
    /// Whatever a mapping of the operator reads.
    case mapped
}
