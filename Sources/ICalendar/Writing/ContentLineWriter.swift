/// Writes content lines (RFC 5545 §3.1): folded at 75 octets between characters, each ended by CRLF.
public struct ContentLineWriter: Sendable {
    /// What is written so far, in UTF-8.
    public private(set) var bytes: [UInt8] = []

    /// Octets of a line without its line end (§3.1).
    private static let longestLine = 75

    /// A writer that has written nothing yet.
    public init() {}

    /// Writes the lines of a component, from BEGIN to END.
    ///
    /// Properties called BEGIN or END are left out, since they would be read as the bounds of a component.
    public mutating func write(_ component: WrittenComponent) {
        writeLine(Array("BEGIN:\(component.name)".utf8))
        for property in component.properties where property.name != "BEGIN" && property.name != "END" {
            write(property)
        }
        for inner in component.components { write(inner) }
        writeLine(Array("END:\(component.name)".utf8))
    }

    /// Writes one property; one without a name is left out.
    public mutating func write(_ property: WrittenProperty) {
        guard !property.name.isEmpty else { return }
        var line: [UInt8] = []
        if let group = property.group { line += Array("\(group).".utf8) }
        line += Array(property.name.utf8)
        for parameter in property.parameters {
            line += Array(";\(parameter.name)=".utf8)
            line += Array(parameter.values.map(ParameterValue.written).joined(separator: ",").utf8)
        }
        line.append(ASCII.colon)
        line += Array(property.rawValue.utf8)
        writeLine(line)
    }

    private mutating func writeLine(_ line: [UInt8]) {
        var start = 0
        var room = Self.longestLine
        while line.count - start > room {
            var end = start + room
            // Not between the bytes of one character: those after the first are 10xxxxxx.
            while line[end] & 0xC0 == 0x80 { end -= 1 }
            bytes += line[start..<end]
            bytes += [ASCII.carriageReturn, ASCII.lineFeed, ASCII.space]
            start = end
            // The space that marks the fold counts.
            room = Self.longestLine - 1
        }
        bytes += line[start...]
        bytes += [ASCII.carriageReturn, ASCII.lineFeed]
    }
}

extension ParameterValue {
    /// `text` as one value: escaped by RFC 6868, in quotes where it holds what would end it.
    static func written(_ text: String) -> String {
        var result: [UInt8] = []
        var needsQuotes = false
        for byte in text.utf8 {
            switch byte {
            case ASCII.caret: result += Array("^^".utf8)
            case ASCII.lineFeed: result += Array("^n".utf8)
            case ASCII.quote: result += Array("^'".utf8)
            case ASCII.colon, ASCII.semicolon, ASCII.comma:
                needsQuotes = true
                result.append(byte)
            case _: result.append(byte)
            }
        }
        // Blanks at the ends are taken for decoration by readers, ours included.
        if let first = result.first, let last = result.last, ASCII.isBlank(first) || ASCII.isBlank(last) {
            needsQuotes = true
        }
        let escaped = String(decoding: result, as: UTF8.self)
        return needsQuotes ? "\"\(escaped)\"" : escaped
    }
}

extension TextValue {
    /// `text` with `\ ; ,` and line breaks escaped; CRLF and CR are line breaks too.
    static func escaped(_ text: String) -> String {
        var result: [UInt8] = []
        result.reserveCapacity(text.utf8.count)
        var follows: UInt8 = 0
        for byte in text.utf8 {
            switch byte {
            case ASCII.lineFeed where follows == ASCII.carriageReturn: break
            case ASCII.lineFeed, ASCII.carriageReturn: result += Array("\\n".utf8)
            case ASCII.backslash, ASCII.semicolon, ASCII.comma: result += [ASCII.backslash, byte]
            case _: result.append(byte)
            }
            follows = byte
        }
        return String(decoding: result, as: UTF8.self)
    }
}
