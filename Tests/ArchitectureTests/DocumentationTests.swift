import Testing

@Suite("The library is documented for strangers")
struct DocumentationTests {
    /// What the standard library's protocols ask for, and document.
    private static let inherited = [
        "func makeIterator()", "mutating func next()", "func hash(into", "static func ==", "static func <",
        "var description:", "struct Iterator:",
    ]

    @Test("Every public symbol of ICalendar has a doc comment")
    func symbols() throws {
        var count = 0
        for file in try Checkout.swiftFiles(below: "Sources/ICalendar") {
            let lines = try Checkout.lines(of: file)
            for number in Self.symbols(of: lines) {
                count += 1
                let above = lines[..<number].last { !$0.isAttribute }
                #expect(above?.isDocumentation == true, "\(file):\(number + 1) has no doc comment: \(lines[number])")
            }
        }
        #expect(count > 200)
    }

    /// Where declarations are that say `public`, and the cases of public enums. A case that spells out the word it
    /// stands for needs no other.
    private static func symbols(of lines: [Substring]) -> [Int] {
        var found: [Int] = []
        /// How far the public enum is indented whose cases are passed.
        var enumIndentation: Int?
        for (number, line) in lines.enumerated() {
            let text = line.trimmed
            let indentation = line.prefix { $0 == " " }.count
            if text == "}", indentation == enumIndentation { enumIndentation = nil }
            if text.hasPrefix("public enum ") { enumIndentation = indentation }
            let isSymbol = text.hasPrefix("public ") && !inherited.contains { text.hasPrefix("public " + $0) }
            let isCase = text.hasPrefix("case ") && enumIndentation == indentation - 4 && !text.contains(" = \"")
            if isCase || isSymbol && !text.hasPrefix("public import ") { found.append(number) }
        }
        return found
    }
}

extension Substring {
    fileprivate var trimmed: Substring { drop { $0 == " " } }
    fileprivate var isAttribute: Bool { trimmed.hasPrefix("@") }
    fileprivate var isDocumentation: Bool { trimmed.hasPrefix("///") }
}
