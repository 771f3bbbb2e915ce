package import struct Foundation.Date

/// The order of revisions of one booking; the greatest is current (RFC 5546 §2.1.5). Never the order of arrival.
package struct Revision: Hashable, Sendable, Codable, Comparable {
    package var sequence: Int
    /// LAST-MODIFIED, else DTSTAMP, else the beginning of 1970.
    package var modified: Date
    package var sourcePriority: Int
    /// SHA-256 over the entry's unfolded lines, in hexadecimal.
    package var digest: String
    package var source: String

    package init(
        sequence: Int = 0, modified: Date = Date(timeIntervalSince1970: 0), sourcePriority: Int = 0,
        digest: String = "", source: String
    ) {
        self.sequence = sequence
        self.modified = modified
        self.sourcePriority = sourcePriority
        self.digest = digest
        self.source = source
    }

    package static func < (lhs: Revision, rhs: Revision) -> Bool {
        (lhs.sequence, lhs.modified, lhs.sourcePriority, lhs.digest, lhs.source)
            < (rhs.sequence, rhs.modified, rhs.sourcePriority, rhs.digest, rhs.source)
    }
}
