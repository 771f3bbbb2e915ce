import Diagnostics
import DirectoryWatch
import Foundation
import Logging
import ReservationStore
import Reservations

extension Synchronizer {
    /// Takes in that something was heard about `path`, or seen: how it looks now decides when it may be read.
    mutating func hear(of path: String, arrival: Settling.Arrival?, in index: Int, elapsed: () -> Duration) {
        guard !looks[index].isSpeltOtherwise(path) else {
            looks[index].expectScan(by: elapsed())
            return
        }
        do throws(SourceFault) {
            let stamp = try FileReading.stamp(of: path, below: sources[index].root)
            looks[index].take(path, stamp: stamp, arrival: arrival, now: elapsed())
            // Only a scan takes back that a source is stale.
            if news[index].staleSince != nil { looks[index].expectScan(by: elapsed()) }
        } catch {
            note(error, about: path, in: index, elapsed: elapsed())
        }
    }

    /// Looks at each source.
    mutating func lookAtAll(elapsed: () -> Duration, today: Date) async throws {
        looking.begin(at: elapsed())
        defer { looking.end() }
        for index in sources.indices { try await look(at: index, elapsed: elapsed, today: today) }
    }

    /// Scans when it is time, reads what has settled, and keeps what that changes.
    ///
    /// After some time it leaves the rest for the next step, which hears first what else there is.
    ///
    /// - Parameter elapsed: is asked after each look at a file, which has to stand still from then on: a scan, and the
    ///   reading of other files, may take longer than that.
    /// - Throws: `CancellationError`, between two batches.
    private mutating func look(at index: Int, elapsed: () -> Duration, today: Date) async throws {
        if looks[index].nextScan <= elapsed() {
            guard isWhereItWas(sources[index]) else { throw CancellationError() }
            keep(scan(index, elapsed: elapsed, today: today))
        }
        let begin = elapsed()
        looks[index].queueDue(at: begin)
        // The others stay due.
        while !isPortionFull, elapsed() - begin < Self.longestReading {
            let due = looks[index].nextDue(ReadingBatch.exports)
            guard !due.isEmpty else { break }
            let batch = ReadingBatch(
                of: due, exports: portion.exports - pending.count, bytes: portion.bytes - pendingBytes)
            looks[index].takeDue(batch.files.count)
            try await read(batch, in: index, elapsed: elapsed, today: today)
            // Answers may be waiting for this thread.
            await Task.yield()
            try Task.checkCancellation()
        }
        looks[index].forgetRead()
    }

    /// What has been mounted there, or unmounted, may be of another kind: to look at it may take hours, or need not.
    /// Others are to care for it then.
    func isWhereItWas(_ source: WatchedSource) -> Bool {
        let kind = fileSystem(source.root.path)
        guard kind != .undetermined, kind.givesEvents == isRemote else { return true }
        logger.notice("a directory lies on another kind of file system now", metadata: ["source": "\(source.name)"])
        shared.moves.note(source.root.path, to: kind)
        return false
    }

    private mutating func scan(_ index: Int, elapsed: () -> Duration, today: Date) -> [ExportChange] {
        let source = sources[index]
        let scan = DirectoryScan(of: source.root) { path in
            storedSpelling(of: ExportName(source: source.name, path: path))?.path
        }
        directoryDisks[index] = DirectoryDisks(scan.disks)
        let disks = disks(seenBy: scan, of: source)
        let away = disks.away
        note(disks, of: source)
        if let change = news[index].take(scan, away: away, at: today) { tell(change, of: source) }
        let refusals =
            scan.refusals + DirectoryScan.Refusal.of(away)
            + looks[index].restless(at: elapsed()).map { DirectoryScan.Refusal(path: $0, fault: .changing) }
        // Once is enough: a directory that cannot be read is found so by every scan.
        let earlier = told.updateValue(refusals, forKey: index) ?? []
        for refusal in refusals where !earlier.contains(refusal) {
            report(refusal.fault, about: refusal.path, in: source.name)
        }
        for refusal in refusals where refusal.isAboutExport {
            refuse(ExportName(source: source.name, path: refusal.path), because: refusal.fault)
        }
        unknownFaults[source.name] = refusals.directoryFaults(staleSince: news[index].staleSince)
        // A missing one is known to be gone; it is removed when the operator says so.
        let known = Set(
            (stored ?? [:]).values.filter { $0.name.source == source.name && (!$0.isMissing || source.allowsEmpty) }
                .map(\.name.path)
                + applying.keys.filter { $0.source == source.name }.map(\.path))
        let gone = looks[index].take(
            scan, stored: known, away: away, letGo: disks.letGo, now: elapsed(),
            jitter: Double.random(in: 0...1, using: &random))
        if let patience = news[index].patience(at: today) { looks[index].expectScan(by: elapsed() + patience) }
        return source.removals(of: gone, letGo: disks.letGo)
    }

    mutating func note(_ fault: SourceFault, about path: String, in index: Int, elapsed: Duration) {
        switch fault {
        // What has taken its place may be a directory; of anything else the scan tells.
        case .vanished, .notRegular: looks[index].noteVanished(path, now: elapsed)
        // It is still waited for.
        case .changing: break
        case .unreadable, .noRoot, .diskAway, .tooLarge, .outsideRoot, .tooDeep, .tooManyEntries, .unusableName,
            .noTemporaryFile:
            let isNews = looks[index].noteUnreadable(path, fault)
            let refusal = DirectoryScan.Refusal(path: path, fault: fault)
            if refusal.isAboutExport { refuse(ExportName(source: sources[index].name, path: path), because: fault) }
            // Once is enough: every scan finds it, and tries again.
            if isNews { report(fault, about: path, in: sources[index].name) }
        }
    }

    /// An export that cannot be read has a report that says why; what it had before stays in force.
    private mutating func refuse(_ name: ExportName, because fault: SourceFault) {
        let finding = Diagnostic(fault, file: name.path)
        // What was read and waits for its pass comes first; the next scan finds the fault again.
        guard pending[name] == nil, applying[name] == nil, stored?[name]?.isRefused(because: finding) != true else {
            return
        }
        incomplete[name] = nil
        keep([ExportChange(name, .unusable, diagnostics: [finding])])
    }

    /// Tells the store what the scans have found about the directories themselves.
    mutating func tellFaults() async throws {
        for (source, faults) in unknownFaults.sorted(by: { $0.key < $1.key }) {
            try await store.note(faults, ofSource: source)
            unknownFaults[source] = nil
        }
        try await tellDisks()
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
        var facts: Logger.Metadata = [
            "source": "\(source)", "path": "\(path.isEmpty ? "." : path)", "code": "\(finding.code.rawValue)",
            "reason": "\(finding.message)",
        ]
        if case .diskAway = fault { facts["hint"] = "bookwatch sources accept \(source), if it is gone for good" }
        logger.warning("cannot use a file or directory", metadata: facts)
    }
}
