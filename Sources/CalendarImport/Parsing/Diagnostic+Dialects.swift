package import BookingXML
package import Diagnostics
package import ICalendar

extension Diagnostic {
    /// The same finding under the one catalogue of codes.
    package init(_ finding: ICalendarDiagnostic, uid: String? = nil) {
        self.init(
            finding.code.catalogued, severity: finding.effect.severity, line: finding.line, uid: uid,
            finding.message.withoutSettings
        )
    }

    package init(_ finding: XMLDiagnostic, uid: String? = nil) {
        self.init(
            finding.code.catalogued, severity: finding.code == .ownReport ? .note : finding.effect.severity,
            line: finding.line, uid: uid, finding.message.withoutSettings
        )
    }
}

extension ICalendarDiagnostic.Effect {
    fileprivate var severity: Severity {
        switch self {
        case .tolerated: .note
        case .valueIgnored: .warning
        case .componentRejected: .error
        }
    }
}

extension XMLDiagnostic.Effect {
    fileprivate var severity: Severity {
        switch self {
        case .tolerated: .note
        case .valueIgnored: .warning
        case .bookingRejected, .fileRejected: .error
        }
    }
}

extension ICalendarDiagnostic.Code {
    /// A test holds that every code is in the catalogue.
    fileprivate var catalogued: DiagnosticCode { DiagnosticCode(rawValue: rawValue) ?? .badLine }
}

extension XMLDiagnostic.Code {
    fileprivate var catalogued: DiagnosticCode { DiagnosticCode(rawValue: rawValue) ?? .notWellFormed }
}
