package import Foundation

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

extension Revision {
    /// Why this one does not count beside a greater one, in words.
    ///
    /// - Parameter place: where the greater one stands.
    package func whyOlder(than other: Revision, of place: String) -> String {
        guard sequence == other.sequence else {
            return "SEQUENCE \(sequence), and \(place) has SEQUENCE \(other.sequence)"
        }
        guard modified == other.modified else {
            return "SEQUENCE \(sequence) of \(modified.formatted(.iso8601)), and \(place) has it of "
                + other.modified.formatted(.iso8601)
        }
        return "SEQUENCE \(sequence), and \(place) says otherwise with the same one and comes first"
    }
}
