extension UInt8 {
    /// Itself, or the lower-case letter of an upper-case one of ASCII.
    var lowerASCII: UInt8 { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self | 0x20 : self }
}

extension String {
    /// Whether `byte`, which is ASCII, is in it.
    func hasASCII(_ byte: UInt8) -> Bool {
        let bytes = utf8.span
        for index in bytes.indices where bytes[index] == byte { return true }
        return false
    }
}
