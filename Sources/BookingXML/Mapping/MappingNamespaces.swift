/// The prefixes that a mapping's names and XPaths use. They need not be those of the files.
package struct MappingNamespaces: Hashable, Sendable {
    struct Declaration: Hashable {
        var prefix: String
        var uri: String
    }

    /// In order of prefix.
    let declared: [Declaration]

    /// - Parameter uris: by prefix.
    /// - Throws: when a prefix is no name or is reserved, or when it stands for nothing.
    package init(_ uris: [String: String]) throws(MappingFault) {
        declared = uris.map { Declaration(prefix: $0.key, uri: $0.value) }.sorted { $0.prefix < $1.prefix }
        for declaration in declared {
            let prefix = declaration.prefix
            guard prefix.isXMLName else { throw MappingFault("\(prefix.quoted) cannot be a prefix") }
            guard prefix != "xml", prefix != "xmlns" else { throw MappingFault("the prefix \(prefix) is reserved") }
            guard !declaration.uri.isEmpty else { throw MappingFault("the prefix \(prefix) stands for no namespace") }
        }
    }

    private init() { declared = [] }

    package static let none = MappingNamespaces()

    func uri(of prefix: String) -> String? { declared.first { $0.prefix == prefix }?.uri }
}

extension String {
    /// An `NCName` of XML (Namespaces in XML 1.0, §3), taking every character beyond ASCII for a letter.
    var isXMLName: Bool {
        guard let first = unicodeScalars.first, first.beginsXMLName else { return false }
        return unicodeScalars.allSatisfy(\.isInXMLName)
    }
}

extension Unicode.Scalar {
    var beginsXMLName: Bool {
        self == "_" || ("a"..."z").contains(self) || ("A"..."Z").contains(self) || value >= 0x80
    }

    var isInXMLName: Bool { beginsXMLName || ("0"..."9").contains(self) || self == "-" || self == "." }
}
