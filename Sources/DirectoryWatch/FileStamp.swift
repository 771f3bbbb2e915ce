import Glibc

package import struct Foundation.Date

/// What tells two states of a file apart without reading it.
///
/// An in-place rewrite may set size and mtime back (`rsync --inplace -t`, `cp -p`): then only ctime differs.
package struct FileStamp: Hashable, Sendable, Codable {
    package var identity: FileIdentity
    /// In bytes.
    package var size: Int64
    /// Nanoseconds since 1970; copies carry the original's, so it says nothing about age.
    package var mtimeNanoseconds: Int64
    /// Nanoseconds since 1970, in the steps of the kernel's tick; nobody but the kernel sets it.
    package var ctimeNanoseconds: Int64

    package init(identity: FileIdentity, size: Int64, mtimeNanoseconds: Int64, ctimeNanoseconds: Int64) {
        self.identity = identity
        self.size = size
        self.mtimeNanoseconds = mtimeNanoseconds
        self.ctimeNanoseconds = ctimeNanoseconds
    }

    init(_ status: stat) {
        self.init(
            identity: FileIdentity(status), size: Int64(status.st_size),
            mtimeNanoseconds: status.st_mtim.nanoseconds, ctimeNanoseconds: status.st_ctim.nanoseconds)
    }

    /// Whether mtime or ctime is within 2 s of `now`, so that a later change could leave the stamp as it is:
    /// what was read must be hashed again at the next scan.
    package func isFresh(at now: Date) -> Bool {
        [mtimeNanoseconds, ctimeNanoseconds].contains {
            abs(Double($0) / 1_000_000_000 - now.timeIntervalSince1970) <= 2
        }
    }
}

/// Which file or directory it is; ext4 gives an inode's number to the next file at once.
package struct FileIdentity: Hashable, Sendable, Codable {
    package var device: UInt64
    package var inode: UInt64

    package init(device: UInt64, inode: UInt64) {
        self.device = device
        self.inode = inode
    }

    init(_ status: stat) {
        self.init(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
    }
}

extension timespec {
    /// Since 1970; a time beyond the year 2262 stays at the end of the range.
    fileprivate var nanoseconds: Int64 {
        let (whole, overflow) = Int64(tv_sec).multipliedReportingOverflow(by: 1_000_000_000)
        guard !overflow else { return tv_sec < 0 ? .min : .max }
        let (sum, tooMuch) = whole.addingReportingOverflow(Int64(tv_nsec))
        return tooMuch ? .max : sum
    }
}
