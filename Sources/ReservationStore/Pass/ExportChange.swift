package import Diagnostics
package import Reservations

/// What a pass has to do about one export.
package struct ExportChange: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// Its content was read: these bookings are what it has now.
        case content([Booking], absent: Absence)
        /// The same of a large export.
        case spooled(BookingSpool, absent: Absence)
        /// Its content cannot be used: what it had before stays in force.
        case unusable
        /// It is gone, and so is what it had.
        case removed
    }

    /// What becomes of a booking that the export had, and has no more.
    package enum Absence: Hashable, Sendable {
        case withdrawn
        /// Those with these UIDs stay: their new revisions could not be read. The others are withdrawn.
        case staysWithUID(Set<String>)
        /// The export tells changes, or one page of several.
        case stays
    }

    package var export: ExportName
    package var kind: Kind
    /// SHA-256 of the content, in hexadecimal; empty for a removal.
    package var digest: String
    /// What else the reading depended on: the reader's version, the source's rules, the horizon's day.
    package var reader: String
    package var diagnostics: [Diagnostic]
    /// Entries that were rejected, and whose organizers can be answered.
    package var rejectedRequests: [RejectedRequest] = []
    /// The device that it was read from; `nil` for none.
    package var device: UInt64?
    /// Whether withdrawals wait that look like an accident.
    package var isGuarded: Bool

    package init(
        _ export: ExportName, _ kind: Kind, digest: String = "", reader: String = "", diagnostics: [Diagnostic] = [],
        isGuarded: Bool = true
    ) {
        self.export = export
        self.kind = kind
        self.digest = digest
        self.reader = reader
        self.diagnostics = diagnostics
        self.isGuarded = isGuarded
    }

    /// With the bookings of a large export.
    var spool: BookingSpool? {
        guard case .spooled(let spool, _) = kind else { return nil }
        return spool
    }

    /// Whether the content tells changes, and tells none: all that is in force stays as it is.
    var bringsNothing: Bool {
        guard case .content(let bookings, absent: .stays) = kind else { return false }
        return bookings.isEmpty && !diagnostics.contains { $0.severity == .error }
    }
}

/// One file in a source: the source's name, and the path below its directory.
package struct ExportName: Hashable, Sendable, Codable, Comparable {
    package var source: String
    package var path: String

    package init(source: String, path: String) {
        self.source = source
        self.path = path
    }

    package static func < (lhs: ExportName, rhs: ExportName) -> Bool { (lhs.source, lhs.path) < (rhs.source, rhs.path) }
}

/// An export as the store knows it.
package struct StoredExport: Hashable, Sendable {
    package var row: Int64
    package var name: ExportName
    package var digest: String
    package var reader: String
    /// Whether that content is in force, or an older one (or none).
    package var inForce: Bool
    /// Whether the content in force has told no change.
    package var bringsNothing: Bool
    package var diagnostics: [Diagnostic]
    /// Whether the file is gone, and only bookings of it that are held are left.
    package var isMissing: Bool
    /// The device on which it lay when it was seen last; `nil` where that was never noted.
    package var device: UInt64?
    package var disk: Disk

    /// Where the disk is on which it was seen last.
    package enum Disk: Int, Hashable, Sendable {
        /// Or nothing is known of it.
        case there = 0
        /// Its bookings stay.
        case away = 1
        /// It is gone for good, as somebody has said, and so is the export.
        case letGo = 2
    }

    /// Whether it is known already that the file cannot be read, and why.
    package func isRefused(because finding: Diagnostic) -> Bool {
        !inForce && digest.isEmpty && diagnostics.contains(finding)
    }
}

/// What a pass did, for the log and the reports.
package struct PassSummary: Hashable, Sendable {
    package var generation: Int64
    package var inserted = 0
    package var withdrawn = 0
    /// How many reservations are decided otherwise than before, by verdict.
    package var granted = 0
    package var declined = 0
    package var duplicates = 0
    /// The exports that have a reservation which is decided otherwise, or that changed themselves.
    package var exports: Set<ExportName> = []

    /// The sources that were looked at for losses, and what of them waits; `nil` for nothing.
    package var held: [String: HeldSource?] = [:]

    package var isEmpty: Bool { inserted == 0 && withdrawn == 0 && granted == 0 && declined == 0 && exports.isEmpty }
}
