import Foundation
import Glibc

/// A file that has no name and goes with this, where SQLite has its own: in the first of `SQLITE_TMPDIR`, `TMPDIR`,
/// `/var/tmp` and `/tmp` that can be written.
///
/// What is appended waits in memory until there is enough of it, or no more comes.
struct TemporaryFile: ~Copyable {
    private let handle: FileHandle
    private let limit: Int
    private var waiting: [UInt8] = []
    private var written = 0

    private static let writtenAtOnce = 256 << 10

    /// - Parameter limit: so many bytes it may have; what is more is told as of a full disk.
    /// - Throws: `POSIXError`.
    init(limit: Int = .max) throws { self.init(try Self.open(), limit) }

    private init(_ handle: FileHandle, _ limit: Int) {
        self.handle = handle
        self.limit = limit
    }

    var count: Int { written + waiting.count }

    /// - Throws: `POSIXError`; what was there before can still be read.
    mutating func append(_ bytes: [UInt8]) throws {
        guard bytes.count <= limit - count else { throw POSIXError(.ENOSPC) }
        waiting += bytes
        if waiting.count >= Self.writtenAtOnce { try finish() }
    }

    /// What was appended before it was finished.
    /// - Throws: `POSIXError`; `.EIO` where the file does not have that much.
    func read(_ range: Range<Int>) throws -> [UInt8] {
        unsafe try [UInt8](unsafeUninitializedCapacity: range.count) { buffer, count in
            while count < range.count {
                let part = unsafe UnsafeMutableRawBufferPointer(
                    rebasing: UnsafeMutableRawBufferPointer(buffer)[count...])
                let read = unsafe pread(
                    handle.fileDescriptor, part.baseAddress, part.count, off_t(range.lowerBound + count))
                if read < 0 && errno == EINTR { continue }
                guard read >= 0 else { throw Self.failure }
                guard read > 0 else { throw POSIXError(.EIO) }
                count += read
            }
        }
    }

    /// Writes what waits.
    mutating func finish() throws {
        while !waiting.isEmpty {
            let wrote = unsafe waiting.withUnsafeBytes { bytes in
                unsafe pwrite(handle.fileDescriptor, bytes.baseAddress, bytes.count, off_t(written))
            }
            if wrote < 0 && errno == EINTR { continue }
            guard wrote > 0 else { throw Self.failure }
            written += wrote
            waiting.removeFirst(wrote)
        }
    }

    private static func open() throws -> FileHandle {
        // `mkstemp` writes the name that it has found over the X.
        var path = Array("\(try directory())/bookwatch-XXXXXX".utf8CString)
        let descriptor = unsafe path.withUnsafeMutableBufferPointer {
            unsafe $0.baseAddress.map { unsafe mkstemp($0) } ?? -1
        }
        guard descriptor >= 0 else { throw failure }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        guard unsafe unlink(path) == 0 else { throw failure }
        return handle
    }

    private static func directory() throws -> String {
        let environment = ProcessInfo.processInfo.environment
        let directories = [environment["SQLITE_TMPDIR"], environment["TMPDIR"], "/var/tmp", "/tmp"].compactMap(\.self)
        // With the slash, a file is none.
        guard let first = directories.first(where: { unsafe access("\($0)/", W_OK | X_OK) == 0 }) else {
            throw POSIXError(.EACCES)
        }
        return first
    }

    private static var failure: POSIXError { POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
}
