import Testing

@Suite("Diagnostics of iCalendar")
struct DiagnosticCodeTests {
    @Test("Each code is expected by a test of the library")
    func provoked() throws {
        let declarations = try Checkout.lines(of: "Sources/ICalendar/ICalendarDiagnostic.swift")
            .compactMap { line in line.firstMatch(of: /^ +case (\w+) = "[A-Z]+[0-9]+"$/) }
        #expect(declarations.count == 19)
        let tests = try Checkout.swiftFiles(below: "Tests/ICalendarTests").map { file in
            try Checkout.lines(of: file).joined(separator: "\n")
        }
        for declaration in declarations {
            let word = try Regex("\\.\(declaration.1)\\b")
            #expect(tests.contains { $0.contains(word) }, ".\(declaration.1) is never provoked")
        }
    }
}

@Suite("Codes of diagnostics")
struct CataloguedCodeTests {
    @Test("Every code that a source file writes out is in the catalogue")
    func catalogued() throws {
        let declared = try Checkout.lines(of: "Sources/Diagnostics/DiagnosticCode.swift")
            .compactMap { line in line.firstMatch(of: /^ +case \w+ = "([A-Z]{3}[0-9]{3})"$/).map { String($0.1) } }
        #expect(declared.count > 70)
        let code = /\b(?:SRC|ICS|XML|BKG|CNF|EXP|API|RPT|CFG)[0-9]{3}\b/
        for file in try Checkout.swiftFiles(below: "Sources") {
            for (number, line) in try Checkout.lines(of: file).enumerated() {
                for match in line.matches(of: code) where !declared.contains(String(match.0)) {
                    Issue.record("\(file):\(number + 1) writes \(match.0), which the catalogue does not have")
                }
            }
        }
    }
}
