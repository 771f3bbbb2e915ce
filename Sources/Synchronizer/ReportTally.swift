package import Diagnostics
import Logging
package import Reports

/// What was written in one go.
package struct ReportTally: Sendable {
    package private(set) var written = 0
    package private(set) var unchanged = 0
    /// Each RPT001.
    package private(set) var failures: [Diagnostic] = []
    package var conflicts = 0

    package mutating func note(_ outcomes: [ReportFile.Outcome]) {
        for outcome in outcomes {
            switch outcome {
            case .written: written += 1
            case .unchanged: unchanged += 1
            case .absent: break
            case .failed(let diagnostic): failures.append(diagnostic)
            }
        }
    }

    /// Whether lines of the log of events could not be appended: nothing tells them again but the next round.
    private(set) var missesEvents = false

    /// - Parameter failure: of appending to the log of events.
    mutating func noteEvents(_ failure: Diagnostic?) {
        guard let failure else { return }
        failures.append(failure)
        missesEvents = true
    }

    /// More of them would say nothing new: mostly it is one disk that is full.
    private static let failuresTold = 10

    func tellFailures(_ logger: Logger) {
        for failure in failures.prefix(Self.failuresTold) {
            logger.error(
                "a report was not written",
                metadata: ["code": "\(failure.code.rawValue)", "reason": "\(failure.onOneLine)"]
            )
        }
        guard failures.count > Self.failuresTold else { return }
        logger.error("more reports were not written", metadata: ["count": "\(failures.count - Self.failuresTold)"])
    }

    func tell(_ logger: Logger) {
        tellFailures(logger)
        logger.info(
            "reports written",
            metadata: ["written": "\(written)", "unchanged": "\(unchanged)", "conflicts": "\(conflicts)"]
        )
    }
}
