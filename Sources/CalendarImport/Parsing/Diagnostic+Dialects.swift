package import BookingXML
package import Diagnostics
package import ICalendar

extension Diagnostic {
    /// The same finding under the one catalogue of codes.
    package init(_ finding: ICalendarDiagnostic, uid: String? = nil) {
        self.init(
            finding.code.catalogued, severity: finding.severity, line: finding.line, uid: uid,
            finding.message.withoutSettings
        )
    }

    package init(_ finding: XMLDiagnostic, uid: String? = nil) {
        self.init(
            finding.code.catalogued, severity: finding.severity, line: finding.line, uid: uid,
            finding.message.withoutSettings
        )
    }
}

extension ICalendarDiagnostic {
    fileprivate var severity: Severity {
        switch effect {
        case .noted: .note
        case .tolerated: code.catalogued.severityOfGuess
        case .valueIgnored: .warning
        case .componentRejected: .error
        }
    }
}

extension XMLDiagnostic {
    fileprivate var severity: Severity {
        guard code != .ownReport else { return .note }
        return switch effect {
        case .tolerated: code.catalogued.severityOfGuess
        case .valueIgnored: .warning
        case .bookingRejected, .fileRejected: .error
        }
    }
}

extension DiagnosticCode {
    /// Of something that was read with the best guess: as the catalogue has it, but no error, since it is taken.
    fileprivate var severityOfGuess: Severity { min(Catalogue.entry(for: self).severity, .warning) }
}

extension ICalendarDiagnostic.Code {
    /// A test holds that every code is in the catalogue.
    fileprivate var catalogued: DiagnosticCode { DiagnosticCode(rawValue: rawValue) ?? .badLine }
}

extension XMLDiagnostic.Code {
    fileprivate var catalogued: DiagnosticCode { DiagnosticCode(rawValue: rawValue) ?? .notWellFormed }
}
