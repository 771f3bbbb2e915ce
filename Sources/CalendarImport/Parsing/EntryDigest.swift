import BookingXML
import Crypto

/// SHA-256 over an entry as it is written: the fourth element of a revision (design: conflicts, rule 3).
enum EntryDigest {
    /// Over a component's unfolded lines.
    static func of(_ unfolded: [UInt8]) -> String {
        var hash = SHA256()
        unsafe unfolded.withUnsafeBytes { unsafe hash.update(bufferPointer: $0) }
        return hexadecimal(hash.finalize())
    }

    /// Over what an XML record means: white space and the order of attributes do not make another revision.
    static func of(_ booking: XMLBooking) -> String {
        of(EntryFields(booking).bytes)
    }

    private static func hexadecimal(_ digest: SHA256.Digest) -> String {
        unsafe String(unsafeUninitializedCapacity: 2 * SHA256.byteCount) { text in
            unsafe digest.withUnsafeBytes { bytes in
                for index in 0..<SHA256.byteCount {
                    let byte = unsafe bytes[index]
                    unsafe text[2 * index] = digit(byte >> 4)
                    unsafe text[2 * index + 1] = digit(byte & 15)
                }
            }
            return 2 * SHA256.byteCount
        }
    }

    private static func digit(_ number: UInt8) -> UInt8 {
        number < 10 ? UInt8(ascii: "0") + number : UInt8(ascii: "a") + number - 10
    }
}
