/// A name for one file or directory, made of any text: no separators, nothing hidden, never `.` or `..`, never empty.
///
/// Different texts give different names. Letters and digits of all scripts stay readable, the rest is percent-encoded.
package struct SafeFileName: Hashable, Sendable, CustomStringConvertible {
    /// Room for an extension and a mark before and behind it in the 255 bytes of a file system's name.
    static let longest = 180

    package let description: String

    package init(_ text: String) {
        var encoded = ""
        for (index, scalar) in text.unicodeScalars.enumerated() {
            if Self.isPlain(scalar) || (scalar == "." && index > 0) {
                encoded.unicodeScalars.append(scalar)
            } else {
                for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
                    encoded += "%\(Self.hexadecimal(byte))"
                }
            }
            // What is cut off anyway need not be encoded; the mark below covers all of the text.
            guard encoded.utf8.count <= Self.longest else { break }
        }
        guard !encoded.isEmpty else {
            description = "%"
            return
        }
        description = encoded.utf8.count <= Self.longest ? encoded : Self.cut(encoded, markedFor: text)
    }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "0"..."9", "A"..."Z", "a"..."z", "-", "_": return true
        // Unicode's tables are not asked about what most names are made of.
        case _ where scalar.isASCII: return false
        default: break
        }
        return switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber: true
        default: false
        }
    }

    /// The beginning, and a mark that tells long texts with the same beginning apart.
    private static func cut(_ encoded: String, markedFor text: String) -> String {
        var head = ""
        for character in encoded {
            guard head.utf8.count + character.utf8.count <= longest - 33 else { break }
            head.append(character)
        }
        return "\(head)~\(mark(of: text))"
    }

    /// FNV-1a over 128 bits: it keeps names apart, and guards nothing that a forger could want.
    static func mark(of text: String) -> String {
        var hash: UInt128 = 0x6C62_272E_07BB_0142_62B8_2175_6295_C58D
        for byte in text.utf8 { hash = (hash ^ UInt128(byte)) &* 0x0000_0000_0100_0000_0000_0000_0000_013B }
        return hexadecimal(UInt64(hash >> 64)) + hexadecimal(UInt64(truncatingIfNeeded: hash))
    }

    private static func hexadecimal(_ half: UInt64) -> String {
        let digits = String(half, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }
}
