/// Elements and text of XML and HTML. Names are ours; text and attributes are escaped here and nowhere else.
struct Markup {
    private(set) var bytes: [UInt8] = []
    private var open: [String] = []

    init(beginningWith head: String) { bytes += head.utf8 }

    /// An element whose content `body` writes, each child on a line of its own.
    mutating func element(_ name: String, _ attributes: [(String, String)] = [], body: (inout Markup) -> Void) {
        indent()
        start(name, attributes)
        bytes += ">\n".utf8
        open.append(name)
        body(&self)
        open.removeLast()
        indent()
        bytes += "</\(name)>\n".utf8
    }

    /// An element with text alone.
    mutating func element(_ name: String, _ attributes: [(String, String)] = [], text: String) {
        indent()
        start(name, attributes)
        bytes.append(UInt8(ascii: ">"))
        append(text)
        bytes += "</\(name)>\n".utf8
    }

    /// An element that has no content, ended as XML wants it.
    mutating func empty(_ name: String, _ attributes: [(String, String)]) {
        indent()
        start(name, attributes)
        bytes += "/>\n".utf8
    }

    /// A line that is markup already and holds nothing from outside.
    mutating func line(_ markup: String) {
        indent()
        bytes += "\(markup)\n".utf8
    }

    private mutating func start(_ name: String, _ attributes: [(String, String)]) {
        bytes += "<\(name)".utf8
        for (key, value) in attributes {
            bytes += " \(key)=\"".utf8
            append(value)
            bytes.append(UInt8(ascii: "\""))
        }
    }

    private mutating func append(_ text: String) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): bytes += "&amp;".utf8
            case UInt8(ascii: "<"): bytes += "&lt;".utf8
            case UInt8(ascii: ">"): bytes += "&gt;".utf8
            case UInt8(ascii: "\""): bytes += "&quot;".utf8
            case UInt8(ascii: "'"): bytes += "&#39;".utf8
            default: bytes.append(byte)
            }
        }
    }

    private mutating func indent() { bytes += repeatElement(UInt8(ascii: " "), count: open.count * 2) }
}
