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
