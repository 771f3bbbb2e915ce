import ConferenceAPI
import Diagnostics
import Foundation
import Logging

/// What can be told about a configuration before anything starts: errors refuse to start, the rest is warned of.
enum StartChecks {
    static func findings(about configuration: Configuration) -> [Diagnostic] {
        listening(configuration.listen) + sources(configuration) + log(configuration.log)
    }

    private static func listening(_ listen: Configuration.Listen) -> [Diagnostic] {
        var findings: [Diagnostic] = []
        let isPublic =
            !listen.address.hasPrefix("unix:") && !["127.0.0.1", "::1", "localhost"].contains(listen.address)
        if isPublic, listen.tokenFile == nil, !listen.allowPublicWithoutToken {
            findings.append(
                Diagnostic(
                    .publicWithoutToken, severity: .error,
                    "listen.address \(listen.address) is public, and no token is needed")
            )
        }
        if listen.address == "unix:" {
            findings.append(
                Diagnostic(.badValue, severity: .error, "listen.address: unix: needs the path of the socket after it"))
        }
        if let header = listen.tokenHeader, !AnsweringRules.isHeader(header) {
            findings.append(
                Diagnostic(.badValue, severity: .error, "listen.token_header: '\(header)' is no name of a header"))
        }
        if let problem = listen.tokenFile.flatMap({ TokenFile(path: $0).problem() }) {
            findings.append(Diagnostic(.badValue, severity: .error, "listen.token_file: \(problem)"))
        }
        if (listen.tlsCertificate == nil) != (listen.tlsKey == nil) {
            findings.append(
                Diagnostic(
                    .badValue, severity: .error, "listen.tls_certificate and listen.tls_key: one is of no use alone"))
        }
        let secrets = [listen.tokenFile, listen.tlsKey].compactMap(\.self).filter(isReadableByAll)
        return findings
            + secrets.map {
                Diagnostic(.readableSecret, severity: .warning, "\($0) can be read by every user of this machine")
            }
    }

    private static func isReadableByAll(_ file: String) -> Bool {
        do {
            let attributes = try FileManager.default.attributesOfItem(atPath: file)
            return ((attributes[.posixPermissions] as? Int) ?? 0) & 0o004 != 0
        } catch {
            return false
        }
    }

    private static func sources(_ configuration: Configuration) -> [Diagnostic] {
        var findings: [Diagnostic] = []
        if configuration.sources.isEmpty {
            findings.append(Diagnostic(.badValue, severity: .error, "nothing to watch: no sources, and no --watch DIR"))
        }
        var names: Set<String> = []
        for source in configuration.sources {
            if !names.insert(source.name).inserted {
                findings.append(Diagnostic(.badValue, severity: .error, "two sources are called '\(source.name)'"))
            }
            if source.name.contains("/") || source.name.hasPrefix(".") {
                findings.append(
                    Diagnostic(.badValue, severity: .error, "source '\(source.name)': the name must do as a folder's"))
            }
            let reports = configuration.reports.directory ?? ""
            if reports == source.directory || reports.hasPrefix(source.directory + "/") {
                findings.append(
                    Diagnostic(
                        .reportsInsideWatched, severity: .error,
                        "reports.directory \(reports) lies in source '\(source.name)'")
                )
            }
        }
        return findings
    }

    private static func log(_ log: Configuration.Log) -> [Diagnostic] {
        guard Logger.Level(rawValue: log.level) == nil else { return [] }
        let levels = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
        return [Diagnostic(.badValue, severity: .error, "log.level '\(log.level)' must be one of \(levels)")]
    }
}
