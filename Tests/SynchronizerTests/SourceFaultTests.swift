import Diagnostics
import DirectoryWatch
import Testing

@testable import Synchronizer

@Suite("Faults of sources")
struct SourceFaultTests {
    @Test(
        "A file that is gone has vanished; a directory of a source that is not there cannot be read",
        arguments: [("a.ics", DiagnosticCode.vanished), ("", .unreadable)])
    func gone(path: String, code: DiagnosticCode) {
        #expect(Diagnostic(SourceFault.vanished, file: path).code == code)
    }
}
