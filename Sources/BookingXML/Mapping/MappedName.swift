/// The name of an element: its namespace and what follows the prefix.
package struct MappedName: Hashable, Sendable, CustomStringConvertible {
    /// Empty for none.
    package let namespace: String
    package let local: String

    /// Reads `r25:reservation`, or a name without a prefix, which is in no namespace.
    ///
    /// - Throws: when it is no name, or its prefix is not declared.
    package init(_ text: String, _ namespaces: MappingNamespaces) throws(MappingFault) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.allSatisfy(\.isXMLName), let last = parts.last else {
            throw MappingFault("\(text.quoted) is no name of an element")
        }
        local = last
        guard parts.count == 2 else {
            namespace = ""
            return
        }
        guard let uri = namespaces.uri(of: parts[0]) else {
            throw MappingFault("the prefix \(parts[0]) is not among the namespaces")
        }
        namespace = uri
    }

    /// `{namespace}name`.
    package var description: String { namespace.isEmpty ? local : "{\(namespace)}\(local)" }

    /// The steps of `/r25:reservations/r25:reservation`: at most as many as elements may be nested.
    ///
    /// - Throws: when it is anything but child steps, or less than two of them.
    package static func path(_ text: String, _ namespaces: MappingNamespaces) throws(MappingFault) -> [MappedName] {
        if let reason = unstreamable(text) {
            throw MappingFault(
                "\(text.quoted) \(reason): records are found while the file is read, by a path of names from the root "
                    + "such as /bookings/booking; what a record must have besides is said in each, as in "
                    + "self::booking[@status = 'ok']")
        }
        let steps = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard steps.first == "", steps.count >= 3 else {
            throw MappingFault("\(text.quoted) is no path from the root to the records, such as /bookings/booking")
        }
        guard steps.count <= XMLLimits().depth else { throw MappingFault("the path to the records is too long") }
        var names: [MappedName] = []
        for step in steps.dropFirst() { names.append(try MappedName(step, namespaces)) }
        return names
    }

    /// What of XPath cannot be done without the whole file; `nil` where there is nothing of it.
    private static func unstreamable(_ text: String) -> String? {
        let checks = [
            ("//", "searches the whole file with //"), ("[", "has a condition in brackets"), ("*", "has a *"),
            ("::", "has an axis"), ("@", "ends at an attribute"), ("..", "goes up with .."), ("|", "has several paths"),
            ("(", "has a function"),
        ]
        return checks.first { text.contains($0.0) }?.1
    }
}
