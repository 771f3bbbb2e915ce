import BookingXML
import Diagnostics
import ICalendar
import Testing

@Suite("One catalogue of codes")
struct CodeTests {
    @Test("Every code of the readers is in the catalogue")
    func catalogued() {
        let codes = ICalendarDiagnostic.Code.allCases.map(\.rawValue) + XMLDiagnostic.Code.allCases.map(\.rawValue)
        for code in codes { #expect(DiagnosticCode(rawValue: code) != nil, "\(code)") }
    }
}
