package import Diagnostics
package import DirectoryWatch

extension Diagnostic {
    /// The finding that a fault of a file or a directory is.
    ///
    /// - Parameter file: relative to the source's directory, which itself is the empty path.
    package init(_ fault: SourceFault, file: String) {
        switch fault {
        // Whether it was ever there is unknown: it may be a disk that is not mounted, or a name that is misspelt.
        case .vanished where file.isEmpty: self.init(.unreadable, file: file, "the source's directory is not there")
        default: self.init(fault.code, file: file, "\(fault)")
        }
    }
}

extension SourceFault {
    var code: DiagnosticCode {
        switch self {
        case .unreadable: .unreadable
        case .vanished: .vanished
        case .changing: .stillChanging
        case .tooLarge, .tooManyEntries: .tooLarge
        case .outsideRoot, .notRegular, .tooDeep, .unusableName: .notARegularFile
        }
    }
}
