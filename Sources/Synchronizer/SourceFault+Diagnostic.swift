package import Diagnostics
package import DirectoryWatch
package import Foundation

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
        case .unreadable, .noRoot, .diskAway, .noTemporaryFile: .unreadable
        case .vanished: .vanished
        case .changing: .stillChanging
        case .tooLarge, .tooManyEntries: .tooLarge
        case .outsideRoot, .notRegular, .tooDeep, .unusableName: .notARegularFile
        }
    }
}

extension DirectoryScan.Refusal {
    /// Whether it is a file with the name of an export that cannot be used, so that its report can say so. Of two names
    /// that are the same one to Unicode, the other one has the report.
    var isAboutExport: Bool {
        let name = path.split(separator: "/").last.map(String.init) ?? ""
        switch fault {
        case .unreadable, .tooLarge, .outsideRoot, .notRegular, .noTemporaryFile: return ExportNames.acceptsFile(name)
        case .noRoot, .diskAway, .tooDeep, .tooManyEntries, .unusableName, .vanished, .changing: return false
        }
    }
}

extension [DirectoryScan.Refusal] {
    /// What is wrong with the directory, and no matter of one export.
    ///
    /// - Parameter date: since when its source is stale; `nil` while it brings news.
    func directoryFaults(staleSince date: Date?) -> [Diagnostic] {
        filter { !$0.isAboutExport }.map { Diagnostic($0.fault, file: $0.path.isEmpty ? "." : $0.path) }
            + (date.map { [Diagnostic(staleSince: $0)] } ?? [])
    }
}

extension Diagnostic {
    package init(staleSince date: Date) { self.init(.stale, "no news since \(date.formatted(.iso8601))") }
}
