import Diagnostics
import Testing

/// A code, and the smallest thing that makes Bookwatch say it.
struct Provocation: Sendable, CustomTestStringConvertible {
    let code: DiagnosticCode
    let how: String
    /// What is said then: findings, reports or log.
    let said: @Sendable () async throws -> String

    init(_ code: DiagnosticCode, _ how: String, _ said: @escaping @Sendable () async throws -> String) {
        (self.code, self.how, self.said) = (code, how, said)
    }

    var testDescription: String { "\(code.rawValue): \(how)" }
}

@Suite("Each code about exports, bookings, conflicts, expiries and reports is provoked")
struct ProvocationTests {
    private static let table =
        Provocation.ofFiles + Provocation.ofCalendars + Provocation.ofXML + Provocation.ofBookings
        + Provocation.ofDecisions

    /// Whatever else is said by the built program alone, and provoked there.
    private static let ofProgram: Set<DiagnosticCode> = Set(
        DiagnosticCode.allCases.filter { ["API", "CFG"].contains($0.rawValue.prefix(3)) } + [.changeWaits])

    @Test("What the table names says the code", arguments: table)
    func provoked(_ provocation: Provocation) async throws {
        let said = try await provocation.said()
        #expect(said.contains(provocation.code.rawValue), "\(said)")
    }

    @Test("Every code is in the table, or said by the program alone")
    func whole() {
        #expect(Set(Self.table.map(\.code)).union(Self.ofProgram) == Set(DiagnosticCode.allCases))
    }
}
