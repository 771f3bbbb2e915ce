package import Diagnostics

/// The file that events are appended to, `events.jsonl`. When it is large it becomes `events.1.jsonl`, and so on; the
/// oldest one goes.
package struct EventLog: Sendable {
    private let root: String
    private let limit: Int
    private let kept: Int

    /// - Parameters:
    ///   - limit: the size, in bytes, from which on a new file is begun.
    ///   - kept: how many full ones stay.
    package init(in root: String, limit: Int = 16 << 20, kept: Int = 8) {
        self.root = root
        self.limit = limit
        self.kept = kept
    }

    /// Appends whole lines, durably. A crash before the caller has noted it may let the same lines come again.
    ///
    /// - Returns: RPT001 where that fails.
    package func append(_ lines: [UInt8]) -> Diagnostic? {
        guard !lines.isEmpty else { return nil }
        do throws(FileFailure) {
            let directory = try ReportDirectory.open(root)
            if directory.size(of: Self.name(0)) >= limit {
                for number in stride(from: kept - 1, through: 0, by: -1) {
                    try directory.rename(Self.name(number), to: Self.name(number + 1))
                }
            }
            try directory.append(lines, to: Self.name(0))
            return nil
        } catch {
            return error.diagnostic("\(root)/\(Self.name(0))")
        }
    }

    private static func name(_ number: Int) -> String { number == 0 ? "events.jsonl" : "events.\(number).jsonl" }
}
