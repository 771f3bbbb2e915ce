package import Diagnostics
package import DirectoryWatch

extension Diagnostic {
    /// The finding that a fault of a file or a directory is.
    ///
    /// - Parameter file: relative to the source's directory, which itself is the empty path.
    package init(_ fault: SourceFault, file: String) {
        self.init(fault.code, file: file, "\(fault)")
    }
}

extension SourceFault {
    var code: DiagnosticCode {
        switch self {
        case .unreadable, .noRoot: .unreadable
        case .vanished: .vanished
        case .changing: .stillChanging
        case .tooLarge, .tooManyEntries: .tooLarge
        case .outsideRoot, .notRegular, .tooDeep, .unusableName: .notARegularFile
        }
    }
}
