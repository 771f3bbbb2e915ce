package import Diagnostics

/// What was found in files that were looked at and not taken in; every format of it is a small file beside this one.
package struct CheckReport: Hashable, Sendable {
    /// In the order in which they were named, those of a directory in order of path.
    package let files: [File]

    package struct File: Hashable, Sendable {
        package let path: String
        /// What could be read, in the order of the file.
        package let entries: [Entry]
        /// In order of line.
        package let findings: [Diagnostic]
        /// How many more there are of each severity, which are no graver than those that are listed.
        package let unlisted: [Severity: Int]

        /// - Parameter findings: in any order of lines; those of one line stay as they are.
        package init(
            path: String, entries: [Entry] = [], findings: [Diagnostic], unlisted: [Severity: Int] = [:]
        ) {
            self.path = path
            self.entries = entries
            self.unlisted = unlisted
            self.findings = findings.map { $0.located(in: path) }.enumerated()
                .sorted { ($0.element.line ?? 0, $0.offset) < ($1.element.line ?? 0, $1.offset) }
                .map(\.element)
        }

        /// The file with more findings.
        package func adding(_ more: [Diagnostic]) -> File {
            more.isEmpty ? self : File(path: path, entries: entries, findings: findings + more, unlisted: unlisted)
        }
    }

    /// An entry that books something, or would.
    package struct Entry: Hashable, Sendable {
        package let uid: String
        package let recurrenceID: String?
        package let line: Int

        package init(uid: String, recurrenceID: String?, line: Int) {
            self.uid = uid
            self.recurrenceID = recurrenceID
            self.line = line
        }
    }

    package init(_ files: [File]) { self.files = files }

    package var findings: [Diagnostic] { files.flatMap(\.findings) }
    package var gravest: Severity? { findings.map(\.severity).max() }

    /// As `2 files: 1 error, 0 warnings, 3 notes`, with what is not listed.
    package var summary: String {
        var (listed, unlisted): ([Severity: Int], [Severity: Int]) = ([:], [:])
        for file in files {
            for finding in file.findings { listed[finding.severity, default: 0] += 1 }
            unlisted.merge(file.unlisted, uniquingKeysWith: +)
        }
        let counts = Severity.allCases.reversed().map { severity in
            Self.words((listed[severity] ?? 0) + (unlisted[severity] ?? 0), severity.rawValue)
        }
        let more = unlisted.values.reduce(0, +)
        return "\(Self.words(files.count, "file")): \(counts.joined(separator: ", "))"
            + (more == 0 ? "" : " (\(more) of them not listed)")
    }

    private static func words(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
}
