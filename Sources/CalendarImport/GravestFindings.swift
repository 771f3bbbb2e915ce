import Diagnostics

/// The findings about an export, of which so many are kept as its report may list. The errors stay: whoever reads the
/// report must find each entry that was not taken.
struct GravestFindings {
    private let limit: Int
    private var kept: [Numbered] = []
    private var count = 0
    private var totals: [Severity: Int] = [:]

    private struct Numbered {
        let number: Int
        let finding: Diagnostic

        /// In the order of the file; about the same line in that in which they were found.
        static func precedes(_ first: Numbered, _ second: Numbered) -> Bool {
            (first.finding.line ?? 0, first.number) < (second.finding.line ?? 0, second.number)
        }
    }

    init(limit: Int) { self.limit = limit }

    static func += (findings: inout GravestFindings, new: some Sequence<Diagnostic>) {
        for finding in new { findings.append(finding) }
    }

    mutating func append(_ finding: Diagnostic) {
        kept.append(Numbered(number: count, finding: finding))
        count += 1
        totals[finding.severity, default: 0] += 1
        if kept.count >= 2 * max(limit, 1_000) { kept = gravest }
    }

    /// In the order of the file.
    var inOrder: [Diagnostic] { gravest.sorted(by: Numbered.precedes).map(\.finding) }

    /// How many there are of each severity that are not kept; none for severities of which all are.
    var unlisted: [Severity: Int] {
        let listed = Dictionary(grouping: gravest, by: \.finding.severity).mapValues(\.count)
        return totals.merging(listed, uniquingKeysWith: -).filter { $0.value > 0 }
    }

    private var gravest: [Numbered] {
        guard kept.count > limit else { return kept }
        let ranked = kept.sorted { first, second in
            let (left, right) = (first.finding.severity, second.finding.severity)
            return left == right ? Numbered.precedes(first, second) : left > right
        }
        return Array(ranked.prefix(limit))
    }
}
