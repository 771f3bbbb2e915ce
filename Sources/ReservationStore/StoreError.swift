/// Why the store cannot be used at all; everything that may pass by itself is a `DatabaseError` of the call concerned.
package enum StoreError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file was written by a newer Bookwatch; `unknown` names its first migration that this one does not know.
    case newerSchema(path: String, unknown: String)
    /// The file was written by an earlier Bookwatch, and no daemon of this one has opened it yet; `missing` names the
    /// first migration that it has not seen.
    case olderSchema(path: String, missing: String)
    /// The file or its directory cannot be opened; `reason` is SQLite's or the system's.
    case cannotOpen(path: String, reason: String)

    /// A copy cannot be written to the file; `reason` is SQLite's or the system's.
    case cannotCopy(path: String, reason: String)

    /// The file is no store of ours, or not a whole one; `reason` says what was missed.
    case notAStore(path: String, reason: String)
    /// A check, or who opens it or brings it up to date, has found that the file is damaged; `finding` is the first of
    /// what it is.
    case damaged(finding: String)
    /// Another daemon serves it.
    case inUse(path: String)

    package var description: String {
        switch self {
        case .newerSchema(let path, let unknown):
            "\(path) was written by a newer version (migration \(unknown)); run that one, or restore a backup"
        case .olderSchema(let path, let missing):
            "\(path) was written by an earlier version (without migration \(missing)); the daemon of this one brings it"
                + " up to date when it starts"
        case .cannotOpen(let path, let reason):
            "cannot open the store \(path): \(reason)"
        case .cannotCopy(let path, let reason):
            "cannot write \(path): \(reason)"
        case .notAStore(let path, let reason):
            "\(path) is no store that can be used: \(reason)"
        case .damaged(let finding):
            "the store is damaged (\(finding)); stop the service and restore a backup"
        case .inUse(let path):
            "the store \(path) is in use by another bookwatch serve: end it, or give this one a --state of its own"
        }
    }
}
