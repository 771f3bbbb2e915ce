import CalendarImport
import Logging

/// What the service was doing to contents when it ended without a word.
///
/// What was being read is read alone then, and beside no pass of its source, which may have been what ended it; what
/// was being decided is decided in a `PassPart` of its own. What does it three times is set aside.
package struct Attempts: Sendable {
    package let reading: AttemptLog
    package let deciding: AttemptLog

    /// Remembers nothing.
    package static let none = Attempts(reading: .none, deciding: .none)

    package init(reading: AttemptLog, deciding: AttemptLog) {
        self.reading = reading
        self.deciding = deciding
    }

    /// - Parameter storePath: the logs lie in files beside the store.
    package init(besideStore storePath: String) throws {
        reading = try AttemptLog(path: storePath + ".reading")
        deciding = try AttemptLog(path: storePath + ".deciding")
    }

    /// What a content is called, which may mean something else by other rules.
    static func name(of digest: String, by rules: SourceRules) -> String { "\(digest) \(rules.fingerprint)" }

    /// Whoever is left behind is not to be blamed.
    package func takeBackUnfinished() throws {
        try reading.takeBackUnfinished()
        try deciding.takeBackUnfinished()
    }

    /// Without the logs nothing is set aside, and everything else goes on.
    func note(_ logger: Logger, _ change: (Attempts) throws -> Void) {
        do {
            try change(self)
        } catch {
            logger.warning("attempts at contents are not recorded", metadata: ["error": "\(error)"])
        }
    }

    func isSetAside(_ content: String) -> Bool {
        max(reading.attempts(at: content), deciding.attempts(at: content)) >= AttemptLog.limit
    }
}
