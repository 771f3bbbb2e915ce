/// An XPath 1.0 expression that libxml2 compiles, that names only what there is, and that is short enough to be
/// evaluated on any thread.
package struct XPathExpression: Hashable, Sendable {
    package let text: String
    /// Whether it gives nodes, of which there may be none or several; otherwise a text, a number or a truth.
    package let isNodes: Bool

    /// Bytes of an expression: the tree that libxml2 makes of it is evaluated recursively.
    package static let maximumBytes = 2_000

    /// - Throws: what is wrong with it.
    package init(_ text: String, _ namespaces: MappingNamespaces) throws(MappingFault) {
        guard !text.isEmpty else { throw MappingFault("an XPath is empty") }
        guard text.utf8.count <= Self.maximumBytes, !text.utf8.contains(0) else {
            throw MappingFault("an XPath has more than \(Self.maximumBytes) bytes, or a zero byte")
        }
        var scanner = XPathScanner(text)
        try scanner.check(namespaces)
        self.text = text
        isNodes = try XMLPushParser.givesNodes(text, namespaces)
    }
}
