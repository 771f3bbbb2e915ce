import Diagnostics
import DirectoryWatch
import Testing

@testable import Synchronizer

@Suite("Faults of sources")
struct SourceFaultTests {
    @Test(
        "A file that is gone has vanished; a directory of a source that is not there cannot be read",
        arguments: [(SourceFault.vanished, DiagnosticCode.vanished), (.noRoot, .unreadable)])
    func gone(fault: SourceFault, code: DiagnosticCode) {
        #expect(Diagnostic(fault, file: "").code == code)
    }
}
