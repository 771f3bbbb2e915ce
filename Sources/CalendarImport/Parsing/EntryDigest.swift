import BookingXML
import Crypto

/// SHA-256 over an entry as it is written: the fourth element of a revision (design: conflicts, rule 3).
enum EntryDigest {
    /// Over a component's unfolded lines.
    static func of(_ unfolded: [UInt8]) -> String { hexadecimal(SHA256.hash(data: unfolded)) }

    /// Over what an XML record means: white space and the order of attributes do not make another revision.
    static func of(_ booking: XMLBooking) -> String {
        hexadecimal(SHA256.hash(data: EntryFields(booking).bytes))
    }

    private static func hexadecimal(_ digest: SHA256.Digest) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(2 * SHA256.byteCount)
        for byte in digest {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
