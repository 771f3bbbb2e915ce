import Diagnostics
import TestSupport
import Testing

@Suite("The catalogue of diagnostics")
struct CatalogueTests {
    @Test("Codes are a family of three capitals and a number of three digits, each once")
    func codes() {
        for code in DiagnosticCode.allCases {
            let letters = code.rawValue.prefix(3)
            let digits = code.rawValue.dropFirst(3)
            #expect(["SRC", "ICS", "XML", "BKG", "CNF", "EXP", "API", "RPT", "CFG"].contains(letters), "\(code)")
            #expect(digits.count == 3 && digits.allSatisfy { ("0"..."9").contains($0) }, "\(code)")
        }
        #expect(Set(DiagnosticCode.allCases.map(\.rawValue)).count == DiagnosticCode.allCases.count)
    }

    @Test("Every code has a title, a reason, a hint, a reference and an example", arguments: DiagnosticCode.allCases)
    func complete(code: DiagnosticCode) {
        let entry = Catalogue.entry(for: code)
        #expect(!entry.title.isEmpty && !entry.title.hasSuffix("."))
        #expect(entry.explanation.count > 40 && entry.explanation.hasSuffix("."))
        #expect(
            entry.reference.hasPrefix("RFC ") || entry.reference.hasPrefix("XML 1.0")
                || entry.reference.hasPrefix("design: "))
        #expect(!entry.explanation.contains("\n"))
    }

    @Test("An example is the finding with its own code and severity", arguments: DiagnosticCode.allCases)
    func example(code: DiagnosticCode) {
        let entry = Catalogue.entry(for: code)
        #expect(entry.example.contains("\(code.rawValue) \(entry.severity.rawValue): "))
    }

    @Test("A hint is an imperative sentence", arguments: DiagnosticCode.allCases)
    func imperative(code: DiagnosticCode) {
        let hint = Catalogue.entry(for: code).hint
        let verb = hint.prefix { $0 != " " }
        #expect(Self.verbs.contains(String(verb)), "\(verb) is no verb that a hint begins with")
        #expect(hint.hasSuffix("."))
    }

    @Test("No two codes share an entry")
    func distinct() {
        #expect(Set(DiagnosticCode.allCases.map { Catalogue.entry(for: $0) }).count == DiagnosticCode.allCases.count)
    }

    @Test("The explanation of a code reads as `bookwatch explain` prints it")
    func explanation() throws {
        try expectGolden(Catalogue.explanation(for: .slotTaken), "explain-CNF001.txt")
    }

    @Test("The page of all codes in the documentation is made from the catalogue")
    func page() throws {
        try expectGolden(Catalogue.page, inCheckout: "Sources/Diagnostics/Diagnostics.docc/Codes.md")
    }

    @Test("The page has each code once", arguments: DiagnosticCode.allCases)
    func chapters(code: DiagnosticCode) {
        #expect(Catalogue.page.ranges(of: "\n### \(code.rawValue): ").count == 1)
    }

    @Test("A diagnostic takes severity and hint from the catalogue unless it has better ones")
    func defaults() {
        let plain = Diagnostic(.slotTaken, file: "export.ics", line: 118, "room blue is taken")
        #expect(plain.severity == .error)
        #expect(
            plain.description == """
                export.ics:118: CNF001 error: room blue is taken
                 = help: Move the booking to a free time or to another room.
                """)
        let better = Diagnostic(.slotTaken, severity: .warning, "room blue is taken", hint: "next free 11:00–12:00")
        #expect(better.description == "CNF001 warning: room blue is taken\n = help: next free 11:00–12:00")
    }

    @Test("Severities are ordered from note to error")
    func severities() {
        #expect(Severity.allCases.sorted() == [.note, .warning, .error])
    }

    private static let verbs: Set<String> = [
        "Add", "Begin", "Book", "Cancel", "Check", "Choose", "Close", "Confirm", "Correct", "Count", "End", "Export",
        "Give",
        "Leave", "Make", "Mend", "Move", "Open", "Put", "Remove", "Replace", "Run", "Set", "Shorten", "Sign", "Split",
        "Tell", "Try", "Use", "Write",
    ]
}
