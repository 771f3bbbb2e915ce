/// Looks through the tokens of an XPath (XPath 1.0, §3.7) for what libxml2 would find out only when it evaluates it on
/// a document that has the nodes in question: prefixes, functions and their numbers of arguments, variables.
struct XPathScanner {
    private let scalars: [Unicode.Scalar]
    private var offset = 0
    /// The brackets that are open.
    private var open: [Bracket] = []

    /// Levels of brackets, each a recursion of the compiler.
    static let maximumDepth = 32

    private struct Bracket {
        /// The function whose arguments are inside; `nil` for anything else in brackets.
        var function: String?
        var commas = 0
        var isEmpty = true
    }

    init(_ text: String) { scalars = Array(text.unicodeScalars) }

    mutating func check(_ namespaces: MappingNamespaces) throws(MappingFault) {
        while let scalar = peek() {
            if scalar != ")", scalar != "]", !scalar.isSpace, !open.isEmpty { open[open.count - 1].isEmpty = false }
            switch scalar {
            case "\"", "'": try skipLiteral(scalar)
            case "$": throw MappingFault("an XPath of a mapping has no variables")
            case "(", "[": try push(Bracket())
            case ")", "]": try pop()
            case ",":
                offset += 1
                if !open.isEmpty { open[open.count - 1].commas += 1 }
            case _ where scalar.beginsXMLName: try checkName(namespaces)
            default: offset += 1
            }
        }
    }

    private func peek(_ ahead: Int = 0) -> Unicode.Scalar? {
        offset + ahead < scalars.count ? scalars[offset + ahead] : nil
    }

    private mutating func skipLiteral(_ quote: Unicode.Scalar) throws(MappingFault) {
        guard let end = scalars[(offset + 1)...].firstIndex(of: quote) else {
            throw MappingFault("a text in an XPath does not end")
        }
        offset = end + 1
    }

    private mutating func skipSpace() {
        while let scalar = peek(), scalar.isSpace { offset += 1 }
    }

    private mutating func name() -> String {
        let start = offset
        while let scalar = peek(), scalar.isInXMLName { offset += 1 }
        var name = String.UnicodeScalarView()
        name.append(contentsOf: scalars[start..<offset])
        return String(name)
    }

    private mutating func checkName(_ namespaces: MappingNamespaces) throws(MappingFault) {
        var name = name()
        if peek() == ":", let after = peek(1), after == "*" || after.beginsXMLName {
            guard namespaces.uri(of: name) != nil else {
                throw MappingFault("the prefix \(name) is not among the namespaces")
            }
            offset += 1
            name = after == "*" ? "*" : "\(name):\(self.name())"
            if after == "*" { offset += 1 }
        }
        skipSpace()
        guard peek() == "(", !Self.wordsBeforeBrackets.contains(name) else { return }
        guard Self.arguments(of: name) != nil else { throw MappingFault("XPath 1.0 has no function \(name)()") }
        try push(Bracket(function: name))
    }

    private mutating func push(_ bracket: Bracket) throws(MappingFault) {
        guard open.count < Self.maximumDepth else { throw MappingFault("the brackets of an XPath are nested too deep") }
        open.append(bracket)
        offset += 1
    }

    private mutating func pop() throws(MappingFault) {
        offset += 1
        guard let bracket = open.popLast() else { throw MappingFault("an XPath closes a bracket that is not open") }
        guard let function = bracket.function, let allowed = Self.arguments(of: function) else { return }
        let count = bracket.isEmpty ? 0 : bracket.commas + 1
        guard allowed.contains(count) else {
            throw MappingFault("\(function)() cannot have \(count) argument\(count == 1 ? "" : "s")")
        }
    }

    /// Types of nodes, and operators.
    private static let wordsBeforeBrackets: Set<String> = [
        "text", "node", "comment", "processing-instruction", "and", "or", "div", "mod",
    ]

    /// How many arguments a function of the core library has (XPath 1.0, §4); `nil` for an unknown one.
    private static func arguments(of function: String) -> ClosedRange<Int>? {
        switch function {
        case "last", "position", "true", "false": 0...0
        case "local-name", "namespace-uri", "name", "string", "string-length", "normalize-space", "number": 0...1
        case "count", "id", "boolean", "not", "lang", "sum", "floor", "ceiling", "round": 1...1
        case "starts-with", "contains", "substring-before", "substring-after": 2...2
        case "substring": 2...3
        case "translate": 3...3
        case "concat": 2...Int.max
        default: nil
        }
    }
}

extension Unicode.Scalar {
    fileprivate var isSpace: Bool { self == " " || self == "\n" || self == "\t" || self == "\r" }
}
