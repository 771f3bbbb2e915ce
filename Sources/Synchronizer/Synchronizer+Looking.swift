import CalendarImport
import Diagnostics
import DirectoryWatch
import Foundation
import Logging
import ReservationStore
import Reservations

extension Synchronizer {
    /// Takes in that something was heard about `path`, or seen: how it looks now decides when it may be read.
    mutating func hear(of path: String, arrival: Settling.Arrival?, in index: Int, elapsed: () -> Duration) {
        do throws(SourceFault) {
            let stamp = try FileReading.stamp(of: path, below: sources[index].root)
            looks[index].take(path, stamp: stamp, arrival: arrival, now: elapsed())
        } catch {
            note(error, about: path, in: index, elapsed: elapsed())
        }
    }

    /// Scans when it is time, reads what has settled, and keeps what that changes.
    ///
    /// - Parameter elapsed: is asked after each look at a file, which has to stand still from then on: a scan, and the
    ///   reading of other files, may take longer than that.
    mutating func look(at index: Int, elapsed: () -> Duration, today: Date) {
        if looks[index].nextScan <= elapsed() { keep(scan(index, elapsed: elapsed, today: today)) }
        for (path, settled) in looks[index].due(at: elapsed()) {
            // The others stay due.
            guard !isPortionFull else { break }
            do throws(SourceFault) {
                // The second look is that of the reading itself.
                if let change = try read(path, settled: settled, in: index, elapsed: elapsed(), today: today) {
                    keep([change])
                    pendingBytes += change.memory(ofFile: settled.size)
                }
            } catch .changing {
                hear(of: path, arrival: nil, in: index, elapsed: elapsed)
            } catch {
                note(error, about: path, in: index, elapsed: elapsed())
            }
        }
    }

    private mutating func scan(_ index: Int, elapsed: () -> Duration, today: Date) -> [ExportChange] {
        let source = sources[index]
        let scan = DirectoryScan(of: source.root)
        if let change = news[index].take(scan, at: today) { tell(change, of: source) }
        // Once is enough: a directory that cannot be read is found so by every scan.
        let earlier = told.updateValue(scan.refusals, forKey: index) ?? []
        for refusal in scan.refusals where !earlier.contains(refusal) {
            report(refusal.fault, about: refusal.path, in: source.name)
        }
        for refusal in scan.refusals where refusal.isAboutExport {
            refuse(ExportName(source: source.name, path: refusal.path), because: refusal.fault)
        }
        unknownFaults[source.name] = scan.directoryFaults(staleSince: news[index].staleSince)
        // A missing one is known to be gone; it is removed when the operator says so.
        let known = Set(
            (stored ?? [:]).values.filter { $0.name.source == source.name && (!$0.isMissing || source.allowsEmpty) }
                .map(\.name.path))
        let gone = looks[index].take(
            scan, stored: known, now: elapsed(), jitter: Double.random(in: 0...1, using: &random)
        )
        switch source.onRemoval {
        case .keep: return []
        case .withdraw:
            return gone.map {
                ExportChange(
                    ExportName(source: source.name, path: $0), .removed, isGuarded: !source.allowsEmpty)
            }
        }
    }

    private mutating func read(
        _ path: String, settled: FileStamp, in index: Int, elapsed: Duration, today: Date
    ) throws(SourceFault) -> ExportChange? {
        let source = sources[index]
        let name = ExportName(source: source.name, path: path)
        let contents = try ExportContents(path, of: source, settled: settled)
        looks[index].noteRead(path, stamp: settled, isFresh: settled.isFresh(at: today))
        guard let window else { return nil }
        let reader = "\(source.rules.fingerprint)/\(window)"
        if let old = stored?[name], old.digest == contents.digest, old.reader == reader {
            incomplete[name] = nil
            forget(name)
            return nil
        }
        let attempt = "\(contents.digest) \(source.rules.fingerprint)"
        guard attempts.attempts(at: attempt) < AttemptLog.limit else {
            return setAside(name, digest: contents.digest, reader: reader)
        }
        note { try attempts.begin(attempt) }
        defer { note { try attempts.end(attempt) } }
        let read = try contents.spooled(by: ExportReader(rules: source.rules, window: window), into: makeSpool)
        // A content that may still grow is looked at again by every scan.
        if read.export.ending == .truncated { looks[index].noteUnreadable(path) }
        return change(name, read, digest: contents.digest, reader: reader, elapsed: elapsed)
    }

    /// What it had before stays in force, until the file changes.
    private func setAside(_ name: ExportName, digest: String, reader: String) -> ExportChange {
        let finding = Diagnostic(
            .setAside, file: name.path, "set aside after \(AttemptLog.limit) attempts that ended the service")
        logger.error(
            "an export is set aside",
            metadata: [
                "source": "\(name.source)", "export": "\(name.path)", "code": "\(finding.code.rawValue)",
                "reason": "\(finding.message)",
            ])
        return ExportChange(name, .unusable, digest: digest, reader: reader, diagnostics: [finding])
    }

    /// Without the log nothing is set aside, and everything else goes on.
    private func note(_ attempt: () throws -> Void) {
        do {
            try attempt()
        } catch {
            logger.warning("attempts at reading are not recorded", metadata: ["error": "\(error)"])
        }
    }

    /// What a content means for the store; `nil` while it may still become whole.
    private mutating func change(
        _ name: ExportName, _ read: ReadExport, digest: String, reader: String, elapsed: Duration
    ) -> ExportChange? {
        let export = read.export
        log(read, name)
        switch export.ending {
        case .complete:
            incomplete[name] = nil
            var change = ExportChange(
                name, read.change, digest: digest, reader: reader, diagnostics: export.diagnostics,
                isGuarded: !sources.contains { $0.name == name.source && $0.allowsEmpty })
            change.rejectedRequests = export.rejectedRequests
            return change
        case .refused:
            incomplete[name] = nil
            return ExportChange(name, .unusable, digest: digest, reader: reader, diagnostics: export.diagnostics)
        case .truncated:
            let waiting = incomplete[name].flatMap { $0.digest == digest ? $0 : nil }
            let since = waiting?.since ?? elapsed
            incomplete[name] = Incomplete(digest: digest, since: since)
            guard elapsed - since >= Self.truncationPause else { return nil }
            return ExportChange(name, .unusable, digest: digest, reader: reader, diagnostics: export.diagnostics)
        }
    }

    private mutating func note(_ fault: SourceFault, about path: String, in index: Int, elapsed: Duration) {
        switch fault {
        case .vanished: looks[index].noteVanished(path, now: elapsed)
        // It is still waited for.
        case .changing: break
        case .unreadable, .noRoot, .tooLarge, .outsideRoot, .notRegular, .tooDeep, .tooManyEntries, .unusableName,
            .noTemporaryFile:
            looks[index].noteUnreadable(path)
            let refusal = DirectoryScan.Refusal(path: path, fault: fault)
            if refusal.isAboutExport { refuse(ExportName(source: sources[index].name, path: path), because: fault) }
            report(fault, about: path, in: sources[index].name)
        }
    }

    /// An export that cannot be read has a report that says why; what it had before stays in force.
    private mutating func refuse(_ name: ExportName, because fault: SourceFault) {
        let finding = Diagnostic(fault, file: name.path)
        // What was read and waits for its pass comes first; the next scan finds the fault again.
        guard pending[name] == nil, stored?[name]?.isRefused(because: finding) != true else { return }
        incomplete[name] = nil
        keep([ExportChange(name, .unusable, diagnostics: [finding])])
    }

    /// Tells the store what the scans have found about the directories themselves.
    mutating func tellFaults() async throws {
        for (source, faults) in unknownFaults.sorted(by: { $0.key < $1.key }) {
            try await store.note(faults, ofSource: source)
            unknownFaults[source] = nil
        }
    }

    private func tell(_ change: SourceNews.Change, of source: WatchedSource) {
        switch change {
        case .stale(let since):
            let finding = Diagnostic(staleSince: since)
            logger.warning(
                "a source is stale",
                metadata: [
                    "source": "\(source.name)", "code": "\(finding.code.rawValue)", "reason": "\(finding.message)",
                ])
        case .fresh: logger.notice("a source brings news again", metadata: ["source": "\(source.name)"])
        }
    }

    private func report(_ fault: SourceFault, about path: String, in source: String) {
        let finding = Diagnostic(fault, file: path)
        logger.warning(
            "cannot use a file or directory",
            metadata: [
                "source": "\(source)", "path": "\(path.isEmpty ? "." : path)", "code": "\(finding.code.rawValue)",
                "reason": "\(finding.message)",
            ]
        )
    }

    /// So many exports before a pass have a line each in the log; of a flood, only those do that are not as they should
    /// be.
    static let toldOneByOne = 100

    private func log(_ read: ReadExport, _ name: ExportName) {
        let export = read.export
        let gravest = export.diagnostics.max { $0.severity < $1.severity }
        let isFine = export.ending == .complete && (gravest?.severity ?? .note) < .warning
        logger.log(
            level: isFine && pending.count >= Self.toldOneByOne ? .debug : .info,
            export.ending == .complete ? "read an export" : "an export is not usable as it is",
            metadata: [
                "source": "\(name.source)", "export": "\(name.path)", "ending": "\(export.ending)",
                "bookings": "\(read.bookings)", "findings": "\(export.diagnostics.count)",
                "gravest": "\(gravest.map { "\($0.code.rawValue) \($0.message)" } ?? "none")",
            ]
        )
    }
}
