/// A text of ASCII that is put together byte by byte; no memory is allocated for it before it is whole.
struct ASCIIText {
    private var bytes = InlineArray<64, UInt8>(repeating: 0)
    private var count = 0

    /// - Parameter byte: below 0x80; there is room for 64 of them.
    mutating func append(_ byte: UInt8) {
        precondition(byte < 0x80, "not ASCII")
        bytes[count] = byte
        count += 1
    }

    var string: String {
        unsafe String(copying: UTF8Span(unchecked: bytes.span.extracting(0..<count), isKnownASCII: true))
    }
}
