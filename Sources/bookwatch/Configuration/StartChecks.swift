import ConferenceAPI
import Diagnostics
import Foundation
import Logging
import Reports

/// What can be told about a configuration before anything starts: errors refuse to start, the rest is warned of.
enum StartChecks {
    /// - Parameter found: what is known about `configuration.askedDirectories`.
    static func findings(about configuration: Configuration, found: FoundDirectories) -> [Diagnostic] {
        listening(configuration.listen) + sources(configuration) + directories(of: configuration, found)
            + store(configuration.store) + log(configuration.log)
    }

    /// What has to do with the directories alone: the reports must not lie in one that is watched. One that does not
    /// answer is taken to be there, since the bookings of its exports are, and to be where its name says.
    static func directories(of configuration: Configuration, _ found: FoundDirectories) -> [Diagnostic] {
        var findings: [Diagnostic] = []
        let reports = configuration.reports.directory ?? ""
        for source in configuration.sources {
            if found[source.directory] == nil {
                findings.append(
                    Diagnostic(
                        .unreadable, severity: .warning,
                        "source '\(source.name)': \(source.directory) does not answer",
                        hint: """
                            Look after the file server or the disk that has it. What its exports have booked stays in \
                            force.
                            """))
            }
            let (place, watched) = (found.place(of: reports), found.place(of: source.directory))
            if place == watched || place.hasPrefix(Configuration.asParent(watched)) {
                findings.append(
                    Diagnostic(
                        .reportsInsideWatched, severity: .error,
                        "reports.directory \(reports) lies in source '\(source.name)'")
                )
            }
        }
        if !reports.isEmpty, found[reports] == nil {
            findings.append(
                Diagnostic(
                    .reportNotWritten, severity: .warning, "reports.directory: \(reports) does not answer",
                    hint: "Look after the file server or the disk that has it."))
        }
        return findings
    }

    private static func store(_ store: Configuration.Store) -> [Diagnostic] {
        guard store.retention < max(shortestRetention, store.personalRetention + forgetting) else { return [] }
        return [
            Diagnostic(
                .badValue, severity: .error,
                "store.retention is shorter than 33 d, or less than 3 d longer than store.personal_retention",
                hint: """
                    Keep more: the use of rooms is counted by the month, and reports are made anonymous, from what \
                    the store has.
                    """)
        ]
    }

    private static let shortestRetention = Duration.seconds(33 * 86_400)
    /// Within so long after `personal_retention` the reports of a day forget whose the bookings were.
    private static let forgetting = Duration.seconds(3 * 86_400)

    private static func listening(_ listen: Configuration.Listen) -> [Diagnostic] {
        var findings = address(listen)
        if let header = listen.tokenHeader, !AnsweringRules.isHeader(header) {
            findings.append(
                Diagnostic(.badValue, severity: .error, "listen.token_header: '\(header)' is no name of a header"))
        }
        if let problem = listen.tokenFile.flatMap({ TokenFile(path: $0).problem() }) {
            findings.append(
                Diagnostic(
                    .badValue, severity: .error, "listen.token_file: \(problem)",
                    hint: "Write a token a line, readable by this user; a second word can be its kind."))
        }
        if (listen.tlsCertificate == nil) != (listen.tlsKey == nil) {
            findings.append(
                Diagnostic(
                    .badValue, severity: .error, "listen.tls_certificate and listen.tls_key: one is of no use alone",
                    hint: "Name both files, or neither."))
        }
        let secrets = [listen.tokenFile, listen.tlsKey].compactMap(\.self).filter(isReadableByAll)
        return findings
            + secrets.map {
                Diagnostic(.readableSecret, severity: .warning, "\($0) can be read by every user of this machine")
            }
    }

    private static func address(_ listen: Configuration.Listen) -> [Diagnostic] {
        let address = listen.address
        if address == "unix:" {
            return [Diagnostic(.badValue, severity: .error, "listen.address: unix: needs the socket's path after it")]
        }
        guard !address.hasPrefix("unix:") else { return [] }
        // An IPv6 address has at least two colons.
        if address.count(where: { $0 == ":" }) == 1 {
            return [
                Diagnostic(
                    .badValue, severity: .error, "listen.address '\(address)' has a port in it, which is listen.port's",
                    hint: "Write the host alone, and the port under listen.port.")
            ]
        }
        guard !ListenAddress.isLoopback(address), listen.tokenFile == nil, !listen.allowPublicWithoutToken else {
            return []
        }
        return [
            Diagnostic(
                .publicWithoutToken, severity: .error, "listen.address \(address) is public, and no token is needed")
        ]
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
        var names: Set<String> = []
        var copies: Set<String> = []
        for source in configuration.sources {
            if let copy = source.reportsTo, !copies.insert(copy).inserted {
                findings.append(
                    Diagnostic(
                        .badValue, severity: .error, "two sources have their reports in '\(copy)' (reports_to)",
                        hint: "Give each a directory of its own: reports on files of one name would take turns."))
            }
            if !names.insert(source.name).inserted {
                findings.append(
                    Diagnostic(
                        .badValue, severity: .error, "two sources are called '\(source.name)'",
                        hint: "Give each a name of its own: reports and decisions are told by it."))
            }
            if source.name.contains("/") || source.name.hasPrefix(".") {
                findings.append(
                    Diagnostic(
                        .badValue, severity: .error, "source '\(source.name)': the name must do as a folder's",
                        hint: "Take one without a slash, that does not begin with a dot."))
            }
            if !ReportTree.hasFolder(forSource: source.name) {
                findings.append(
                    Diagnostic(
                        .badValue, severity: .error,
                        "source '\(source.name)': the reports have something else of that name",
                        hint: "Take another one."))
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
