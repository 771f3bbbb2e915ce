import Foundation

/// Texts that look alike are equal as strings; here they are told apart by their bytes, as series are by those of
/// their UIDs.
extension String {
    /// Another one in each process.
    var hashOfBytes: Int {
        var hasher = Hasher()
        unsafe utf8.span.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
        return hasher.finalize()
    }

    func hasBytes(of other: String) -> Bool {
        let (bytes, others) = (utf8.span, other.utf8.span)
        guard bytes.count == others.count else { return false }
        return unsafe bytes.withUnsafeBytes { bytes in
            unsafe others.withUnsafeBytes { others in
                guard let first = bytes.baseAddress, let second = others.baseAddress else { return true }
                return unsafe memcmp(first, second, bytes.count) == 0
            }
        }
    }
}
