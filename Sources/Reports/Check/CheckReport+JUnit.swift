package import Diagnostics

extension CheckReport {
    /// JUnit's XML as build servers read it, in UTF-8: a suite for each file, in it a case for the file as a whole and
    /// one for each booking, read or rejected.
    ///
    /// - Parameter least: the gravity from which on a finding makes its case fail; the rest is its output.
    package func junit(failingFrom least: Severity) -> [UInt8] {
        let suites = files.map { TestSuite($0, failingFrom: least) }
        var markup = Markup(beginningWith: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
        markup.element("testsuites", [("name", "bookwatch check")] + Self.counts(of: suites.flatMap(\.cases))) {
            for suite in suites { $0.suite(suite) }
        }
        return markup.bytes
    }

    fileprivate static func counts(of cases: [TestSuite.Case]) -> [(String, String)] {
        [("tests", "\(cases.count)"), ("failures", "\(cases.count { !$0.failures.isEmpty })"), ("errors", "0")]
    }
}

/// A file as a suite of tests.
private struct TestSuite {
    let path: String
    private(set) var cases: [Case]

    struct Case {
        let name: String
        let uid: String?
        let line: Int?
        var failures: [Diagnostic] = []
        var remarks: [Diagnostic] = []
    }

    init(_ file: CheckReport.File, failingFrom least: Severity) {
        path = file.path
        cases = [Case(name: "the file", uid: nil, line: nil)]
        cases += file.entries.map { entry in
            let occurrence = entry.recurrenceID.map { ", occurrence \($0)" } ?? ""
            return Case(name: "booking \(entry.uid)\(occurrence)", uid: entry.uid, line: entry.line)
        }
        let known = Set(file.entries.map(\.uid))
        // Each rejected one once, where it is spoken of first.
        var rejected: Set<String> = []
        for finding in file.findings {
            guard let uid = finding.uid, !known.contains(uid), rejected.insert(uid).inserted else { continue }
            cases.append(Case(name: "booking \(uid)", uid: uid, line: finding.line))
        }
        let places = Dictionary(grouping: cases.indices) { cases[$0].uid }
        for finding in file.findings {
            let index = Self.place(of: finding, among: places[finding.uid] ?? [0], in: cases)
            if finding.severity >= least {
                cases[index].failures.append(finding)
            } else {
                cases[index].remarks.append(finding)
            }
        }
    }

    /// Of the entries with one UID, a series and its exceptions, the last one that begins at or above the finding.
    private static func place(of finding: Diagnostic, among places: [Int], in cases: [Case]) -> Int {
        let above = places.filter { (cases[$0].line ?? 0) <= finding.line ?? 0 }
        return above.max { (cases[$0].line ?? 0) < (cases[$1].line ?? 0) } ?? places.first ?? 0
    }
}

extension Markup {
    fileprivate mutating func suite(_ suite: TestSuite) {
        let path = cleanText(suite.path)
        element("testsuite", [("name", path)] + CheckReport.counts(of: suite.cases)) { markup in
            for test in suite.cases {
                var attributes = [("name", cleanText(test.name)), ("classname", path), ("file", path)]
                if let line = test.line { attributes.append(("line", "\(line)")) }
                guard let first = test.failures.first ?? test.remarks.first else {
                    markup.empty("testcase", attributes)
                    continue
                }
                markup.element("testcase", attributes) { markup in
                    if !test.failures.isEmpty {
                        let cause = [("message", cleanText(first.message)), ("type", first.code.rawValue)]
                        markup.element("failure", cause, text: text(of: test.failures))
                    }
                    if !test.remarks.isEmpty { markup.element("system-out", text: text(of: test.remarks)) }
                }
            }
        }
    }
}

private func text(of findings: [Diagnostic]) -> String {
    findings.map { finding in
        finding.description.split(separator: "\n").map { cleanText(String($0)) }.joined(separator: "\n")
    }.joined(separator: "\n")
}

private func cleanText(_ text: String) -> String { ReportText.clean(text, limit: ReportText.messageLimit) }
