import Foundation

/// Keeps a second daemon away from the same store: each would remove what the other is writing.
///
/// The kernel lets go of it when the process ends, however it ends.
package final class StoreLock: Sendable {
    private let descriptor: Int32

    /// - Parameter path: of the store; the lock is a file beside it.
    /// - Throws: `StoreError.inUse`, or `.cannotOpen`.
    package init(ofStoreAt path: String) throws(StoreError) {
        let file = path + ".lock"
        descriptor = unsafe open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .cannotOpen(path: file, reason: unsafe String(cString: strerror(errno))) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw .inUse(path: path)
        }
        writeHolder()
    }

    /// The process that holds the lock of the store at `path`; `nil` where none does.
    package static func holder(ofStoreAt path: String) -> Int32? {
        let descriptor = unsafe open(path + ".lock", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        guard flock(descriptor, LOCK_SH | LOCK_NB) != 0, errno == EWOULDBLOCK else { return nil }
        var text = [UInt8](repeating: 0, count: 16)
        let count = unsafe text.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
        guard count > 0, let process = Int32(String(decoding: text[..<count], as: UTF8.self)), process > 0 else {
            return nil
        }
        return process
    }

    /// For `holder(ofStoreAt:)` alone: the lock does not depend on what is in the file.
    private func writeHolder() {
        let text = Array("\(getpid())".utf8)
        guard ftruncate(descriptor, 0) == 0 else { return }
        _ = unsafe text.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
    }

    deinit { close(descriptor) }
}
