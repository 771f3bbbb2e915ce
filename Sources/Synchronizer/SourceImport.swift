import CalendarImport
import Diagnostics
package import DirectoryWatch
package import Foundation
package import Logging
package import ReservationStore
package import Reservations

/// One look at one source without a daemon: what is there now is read, and decided in one pass.
///
/// Nobody waits for files to settle: one that changes while it is read is left as it was.
package struct SourceImport {
    let source: WatchedSource
    let store: ReservationStore
    let horizon: Duration

    /// What was read, and what became of it.
    package struct Reading: Sendable {
        package fileprivate(set) var changes: [ExportChange] = []
        package fileprivate(set) var unchanged = 0
        /// Files and directories that could not be read, by path.
        package fileprivate(set) var faults: [(path: String, fault: SourceFault)] = []
        /// Since when the source brings no news; `nil` while it does.
        package fileprivate(set) var staleSince: Date?
        /// What reports say of files among `faults`, as far as it is news.
        fileprivate var refusals: [ExportChange] = []
        fileprivate var directoryFaults: [Diagnostic] = []
        /// What of them the store does not know yet.
        fileprivate var disks = ExportDisks([:], present: [:], directories: [])
    }

    /// How far the work has come.
    package enum Progress: Sendable {
        case reading(path: String, bytes: Int, of: Int)
        case deciding(PassProgress)
        case reporting(rooms: Int, of: Int)
    }

    /// - Parameter horizon: how far ahead of today recurring bookings are expanded.
    package init(of source: WatchedSource, into store: ReservationStore, horizon: Duration) {
        self.source = source
        self.store = store
        self.horizon = horizon
    }

    /// Reads every export of the source that has changed since the store read it.
    ///
    /// - Parameter progress: called after each piece.
    package func read(at today: Date, progress: (Progress) -> Void) async throws -> Reading {
        let stored = Dictionary(
            try await store.exports().filter { $0.name.source == source.name }.map { ($0.name.path, $0) },
            uniquingKeysWith: { _, last in last })
        let window = ImportWindow(around: today, ahead: horizon)
        let scan = DirectoryScan(of: source.root)
        let disks = ExportDisks(stored.values.filter { !$0.isMissing }, of: source, seenBy: scan)
        let away = disks.away
        let refusals = scan.refusals + DirectoryScan.Refusal.of(away)
        var reading = Reading()
        reading.disks = disks
        reading.faults = refusals.map { ($0.path, $0.fault) }
        let directories = DirectoryDisks(scan.disks)
        let all = scan.entries.reduce(0) { $0 + Int($1.stamp.size) }
        var before = 0
        for entry in scan.entries {
            var bytes = before
            do throws(SourceFault) {
                let change = try change(of: entry, stored: stored[entry.path], window: window) { count in
                    bytes += count
                    progress(.reading(path: entry.path, bytes: bytes, of: all))
                }
                if var change {
                    change.device = directories.holding(entry.path)
                    reading.changes.append(change)
                } else {
                    reading.unchanged += 1
                }
            } catch {
                reading.faults.append((entry.path, error))
            }
            before += Int(entry.stamp.size)
            progress(.reading(path: entry.path, bytes: before, of: all))
        }
        // One scan is enough: whoever imports by hand sees the directory.
        let gone = scan.absent(of: Set(stored.keys).subtracting(away)).sorted()
        reading.changes += source.removals(of: gone, letGo: disks.letGo)
        for (path, fault) in reading.faults where DirectoryScan.Refusal(path: path, fault: fault).isAboutExport {
            let finding = Diagnostic(fault, file: path)
            guard stored[path]?.isRefused(because: finding) != true else { continue }
            reading.refusals.append(
                ExportChange(ExportName(source: source.name, path: path), .unusable, diagnostics: [finding]))
        }
        var news = SourceNews(expectedEvery: source.expectedEvery)
        _ = news.take(scan, away: away, at: today)
        reading.staleSince = news.staleSince
        reading.directoryFaults = refusals.directoryFaults(staleSince: news.staleSince)
        return reading
    }

    /// Decides what `reading` changes, and makes it current.
    ///
    /// - Parameter reports: `nil` writes none.
    package func apply(
        _ reading: Reading, policy: ConflictPolicy, admission: AdmissionPolicy, reports: ReportSettings?,
        at today: Date, logger: Logger, progress: (Progress) -> Void
    ) async throws -> PassSummary {
        try await store.noteLookedAt(source.root.path, ofSource: source.name)
        try await store.note(reading.directoryFaults, ofSource: source.name)
        try await store.note(devices: reading.disks.moved, ofSource: source.name)
        try await store.note(disks: reading.disks.news, ofSource: source.name)
        let changes = reading.changes + reading.refusals
        let summary = try await store.apply(changes, policy: policy, admission: admission, at: today) {
            progress(.deciding($0))
        }
        if let reports {
            _ = try await ReportWriter(store, reports, logger: logger).write(at: today) {
                progress(.reporting(rooms: $0, of: $1))
            }
        }
        return summary
    }

    private func change(
        of entry: DirectoryScan.Entry, stored: StoredExport?, window: ImportWindow, progress: (Int) -> Void
    ) throws(SourceFault) -> ExportChange? {
        let contents = try ExportContents(entry.path, of: source, settled: entry.stamp)
        let version = "\(source.rules.fingerprint)/\(window)"
        guard stored?.digest != contents.digest || stored?.reader != version else { return nil }
        let read = try contents.spooled(by: ExportReader(rules: source.rules, window: window), progress: progress)
        let export = read.export
        let kind: ExportChange.Kind =
            switch export.ending {
            case .complete: read.change
            case .truncated, .refused: .unusable
            }
        var change = ExportChange(
            stored?.name ?? ExportName(source: source.name, path: entry.path), kind, digest: contents.digest,
            reader: version,
            diagnostics: export.diagnostics, isGuarded: !source.allowsEmpty)
        change.rejectedRequests = export.rejectedRequests
        return change
    }
}
