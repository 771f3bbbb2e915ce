import ConferenceAPI
import Diagnostics
import Foundation
import Reservations
import Synchronizer

/// A configuration that can be used: whatever services need has been made from it.
struct PreparedConfiguration: Sendable {
    let configuration: Configuration
    let sources: [WatchedSource]
    let conflicts: ConflictPolicy
    let admission: AdmissionPolicy
    let reports: ReportSettings
    let answering: AnsweringRules
    /// What is not good, and can be lived with.
    let warnings: [Diagnostic]

    /// - Parameter found: what is known about `configuration.askedDirectories`.
    /// - Throws: `BadConfiguration` with everything that stands in the way.
    init(_ configuration: Configuration, found: FoundDirectories) throws(BadConfiguration) {
        let findings = StartChecks.findings(about: configuration, found: found)
        let errors = findings.filter { $0.severity == .error }
        guard errors.isEmpty else { throw BadConfiguration(errors) }
        warnings = findings.filter { $0.severity != .error }
        self.configuration = configuration
        sources = try configuration.watchedSources(found: found)
        conflicts = try configuration.conflictPolicy()
        admission = try configuration.admissionPolicy()
        reports = try configuration.reportSettings()
        answering = AnsweringRules(
            policy: admission, zone: try configuration.shownZone(),
            tokens: configuration.listen.tokenFile.map { TokenFile(path: $0) },
            tokenHeader: configuration.listen.tokenHeader, certificate: try configuration.serverCertificate())
    }

    /// The keys that differ from `running` and count only from the next start on.
    func keysWaitingForRestart(since running: PreparedConfiguration) -> [String] {
        let (new, old) = (configuration, running.configuration)
        let changed = [
            ("listen.address", new.listen.address != old.listen.address),
            ("listen.port", new.listen.port != old.listen.port), ("store.path", new.store.path != old.store.path),
            ("log.level", new.log.level != old.log.level),
        ]
        return changed.filter(\.1).map(\.0)
    }
}
