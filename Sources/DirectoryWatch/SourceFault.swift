import Glibc

/// Why a file or a directory of a source could not be used as it was found.
package enum SourceFault: Error, Hashable, Sendable {
    /// The system refused; `errno` says why.
    case unreadable(errno: Int32)
    /// It was there a moment ago.
    case vanished
    /// The root is not there; whether it ever was is unknown: a disk may not be mounted, or a name be misspelt.
    case noRoot
    /// The disk with so many exports is not there, where there is a directory in its place.
    case diskAway(exports: Int)
    /// It is not what it was when it settled: somebody is still writing, or put another file in its place.
    case changing
    /// `bytes` is what the file had when the limit was met.
    case tooLarge(bytes: Int64, limit: Int64)
    /// A symbolic link that leads out of the root, or nowhere, or a path that tries to climb out.
    case outsideRoot
    /// A FIFO, a socket, a device, or a directory with the name of a file.
    case notRegular
    /// Deeper below the root than `limit` directories; what lies there is never part of the source.
    case tooDeep(limit: Int)
    /// The root has more exports than `limit`; the rest was not looked at.
    case tooManyEntries(limit: Int)
    /// A name that is not UTF-8, or that differs from another one only in its Unicode form.
    case unusableName
    /// A large one is read by way of a temporary file, which cannot be written; `reason` is SQLite's.
    case noTemporaryFile(reason: String)

    /// What a failed system call says about the thing that it was asked about.
    init(errno code: Int32) {
        switch code {
        case ENOENT, ENOTDIR: self = .vanished
        case ELOOP: self = .outsideRoot
        case ENXIO: self = .notRegular
        default: self = .unreadable(errno: code)
        }
    }
}

extension SourceFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unreadable(let code): unsafe "cannot be read: \(String(cString: strerror(code)))"
        case .vanished: "is no longer there"
        case .noRoot: "the source's directory is not there"
        case .diskAway(let exports):
            "the disk with \(exports) of its exports is not there: what they have booked stays as it is"
        case .changing: "is still changing"
        case .tooLarge(let bytes, let limit): "has \(bytes) bytes, more than the limit of \(limit)"
        case .outsideRoot: "leads out of the directory, or nowhere"
        case .notRegular: "is not a regular file"
        case .tooDeep(let limit): "lies more than \(limit) directories deep"
        case .tooManyEntries(let limit): "was not looked at to its end: the source has more than \(limit) exports"
        case .noTemporaryFile(let reason): "cannot be read for want of a temporary file: \(reason)"
        case .unusableName: "has a name that is not UTF-8, or is the same as another one's in another Unicode form"
        }
    }
}
