/// JSON (RFC 8259) with keys in the order in which they are given, so that equal reports are equal bytes.
struct JSONText {
    enum Value: Sendable {
        case null
        case number(Int)
        case text(String)
        case object([(String, Value)])
        /// One element a line.
        case array([Value])
    }

    private(set) var bytes: [UInt8] = []
    /// Whether the text is one line.
    private let isLine: Bool

    init(_ value: Value) {
        isLine = false
        write(value, indent: 0)
        bytes.append(UInt8(ascii: "\n"))
    }

    /// The value on one line, as JSON Lines want it; members without a value are left out.
    init(line members: [(String, Value?)]) {
        isLine = true
        write(.object(members.compactMap { member in member.1.map { (member.0, $0) } }), indent: 0)
        bytes.append(UInt8(ascii: "\n"))
    }

    /// Recursion is as deep as the report's own structure: five levels.
    private mutating func write(_ value: Value, indent: Int) {
        switch value {
        case .null: bytes += "null".utf8
        case .number(let number): bytes += String(number).utf8
        case .text(let text): write(text)
        case .object(let members):
            write(members, between: ("{", "}"), indent: indent) { writer, member in
                writer.write(member.0)
                writer.bytes += (writer.isLine ? ":" : ": ").utf8
                writer.write(member.1, indent: indent + 2)
            }
        case .array(let elements):
            write(elements, between: ("[", "]"), indent: indent) { $0.write($1, indent: indent + 2) }
        }
    }

    private mutating func write<Element>(
        _ elements: [Element], between marks: (open: String, close: String), indent: Int,
        each: (inout JSONText, Element) -> Void
    ) {
        bytes += marks.open.utf8
        for (index, element) in elements.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            if !isLine {
                bytes.append(UInt8(ascii: "\n"))
                bytes += repeatElement(UInt8(ascii: " "), count: indent + 2)
            }
            each(&self, element)
        }
        if !elements.isEmpty && !isLine {
            bytes.append(UInt8(ascii: "\n"))
            bytes += repeatElement(UInt8(ascii: " "), count: indent)
        }
        bytes += marks.close.utf8
    }

    private mutating func write(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            // `</script>` must not end a page that a report is put into.
            case 0..<0x20, 0x7F, UInt8(ascii: "<"):
                bytes += "\\u00".utf8
                bytes += [Self.digits[Int(byte >> 4)], Self.digits[Int(byte & 15)]]
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static let digits = Array("0123456789abcdef".utf8)
}
