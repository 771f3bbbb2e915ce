private import Foundation

/// One part of a room name in the form that Jitsi's clients send: percent-decoded, NFKC, lower-case, percent-encoded.
///
/// Never empty; ASCII only.
struct CanonicalText: Hashable, Sendable {
    let text: String

    /// More than this many bytes cannot end as a name of 1,023: decoding and NFKC shrink text by 12 times at most.
    static let maximumRawBytes = 16 * RoomName.maximumBytes

    /// Rounds of normalising and lower-casing until nothing changes. Three suffice for Unicode 16.
    private static let maximumRounds = 6

    /// `nil` where nothing visible is left, or where control characters are in it.
    init?(_ raw: String) {
        if let latin = LatinText(raw.utf8.span) {
            text = latin.canonical(raw.utf8.span)
            return
        }
        guard let plain = Self.plain(raw), plain.unicodeScalars.contains(where: Self.isVisible) else { return nil }
        text = plain.percentEncoded
    }

    /// A part of a name, which may be a space and nothing else: `nil` where it is empty or has control characters.
    init?(part raw: String) {
        guard let plain = Self.plain(raw) else { return nil }
        text = plain.percentEncoded
    }

    /// What the canonical text stands for.
    private static func plain(_ raw: String) -> String? {
        guard !raw.isEmpty, raw.utf8.count <= maximumRawBytes else { return nil }
        if raw.utf8.allSatisfy(staysAsItIs) { return raw }
        guard let folded = folded(raw.percentDecoded ?? raw), !folded.unicodeScalars.contains(where: isControl) else {
            return nil
        }
        return folded
    }

    /// NFKC and lower-case, again and again until both hold at once: `J` with a caron has no composed form, `j` has
    /// one.
    ///
    /// JavaScript writes a final sigma as `ς`, Swift as `σ`; here it is always `σ`.
    private static func folded(_ raw: String) -> String? {
        // Nearly all names, and NFKC leaves ASCII as it is.
        if raw.utf8.allSatisfy({ $0 < 0x80 }) { return raw.lowercased() }
        var text = raw
        for _ in 0..<maximumRounds {
            var next = text.precomposedStringWithCompatibilityMapping.lowercased()
            if next.unicodeScalars.contains("ς") { next = next.replacing("ς", with: "σ") }
            if next.utf8.elementsEqual(text.utf8) { return next }
            text = next
        }
        return nil
    }

    private static func staysAsItIs(_ byte: UInt8) -> Bool {
        byte.isUnreserved && !(UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
    }

    /// Line and paragraph separators break lines as control characters do.
    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        guard !scalar.isASCII else { return scalar.value < 0x20 || scalar.value == 0x7F }
        return switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }

    /// Directional marks, joiners and spaces alone make no name that anybody could read or type.
    private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        guard !scalar.isASCII else { return scalar != " " }
        guard !scalar.properties.isDefaultIgnorableCodePoint else { return false }
        return switch scalar.properties.generalCategory {
        case .format, .spaceSeparator: false
        default: true
        }
    }
}
