/// A fingerprint that is the same in every run: FNV-1a with 64 bits, in hexadecimal. Not for anything that is attacked.
enum StableHash {
    static func of(_ text: String) -> String {
        let hash = text.utf8.reduce(UInt64(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        return String(hash, radix: 16)
    }
}

/// The version of everything that turns bytes into bookings: raised when the same content gives other bookings, so that
/// all exports are read anew.
enum ReaderVersion {
    static let current = 6
}
