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
    }

    deinit { close(descriptor) }
}
