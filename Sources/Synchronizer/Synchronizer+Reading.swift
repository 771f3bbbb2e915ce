import CalendarImport
import Diagnostics
import DirectoryWatch
import Foundation
import Logging
import ReservationStore
import Reservations

extension Synchronizer {
    /// A content that is new.
    private struct News: Sendable {
        let file: DueFile
        let contents: ExportContents
        let name: ExportName
        /// Of the window and rules by which it is read.
        let reader: String
        /// What it is called among the attempts.
        let attempt: String
    }

    /// Reads `batch`, and keeps what that changes.
    ///
    /// - Throws: `CancellationError` while it waits for its turn.
    mutating func read(_ batch: ReadingBatch, in index: Int, elapsed: () -> Duration, today: Date) async throws {
        let source = sources[index]
        // A step may have gone on for minutes since `today`.
        let now = today.addingTimeInterval((elapsed() - began) / .seconds(1))
        // The second look at a file is that of the reading itself.
        let contents = await batch.files.mappedOnAllProcessors { file in
            Result { () throws(SourceFault) in try ExportContents(file.path, of: source, settled: file.stamp) }
        }
        var news: [News] = []
        for (file, contents) in zip(batch.files, contents) {
            attend(to: file, in: index, elapsed: elapsed) { synchronizer throws(SourceFault) in
                let found = try synchronizer.news(try contents.get(), of: file, in: index, now: now)
                news += [found].compactMap(\.self)
            }
        }
        // What was being read when the service ended is read alone: others are not to be blamed with it a second time.
        let isSuspect = news.map { attempts.reading.attempts(at: $0.attempt) > 0 }
        await interpret(zip(news, isSuspect).filter { !$1 }.map(\.0), in: index, elapsed: elapsed)
        for (suspect, _) in zip(news, isSuspect).filter(\.1) {
            try await interpretAlone(suspect, in: index, elapsed: elapsed)
        }
    }

    private mutating func interpretAlone(
        _ suspect: News, in index: Int, elapsed: () -> Duration
    ) async throws {
        // A server may be silent for hours, and all others would wait for it.
        guard suspect.contents.isInMemory || !isRemote else {
            await interpret([suspect], in: index, elapsed: elapsed)
            return
        }
        // The directory is not what is waited for.
        looking.end()
        try await shared.turns.suspects.run {
            looking.begin(at: elapsed())
            await interpret([suspect], in: index, elapsed: elapsed)
        }
    }

    /// Finds out whether a content is new; keeps that it is set aside, where it is.
    private mutating func news(
        _ contents: ExportContents, of file: DueFile, in index: Int, now: Date
    ) throws(SourceFault) -> News? {
        let source = sources[index]
        let name = ExportName(source: source.name, path: file.path)
        let attempt = Attempts.name(of: contents.digest, by: source.rules)
        // Whatever ends the service would be blamed on it, the pass beside which it is read too: it stays due.
        guard applying.isEmpty || attempts.reading.attempts(at: attempt) == 0 else { throw .changing }
        looks[index].noteRead(file.path, stamp: file.stamp, isFresh: file.stamp.isFresh(at: now))
        guard let window else { return nil }
        let reader = "\(source.rules.fingerprint)/\(window)"
        if isKnown(name, digest: contents.digest, reader: reader) {
            incomplete[name] = nil
            forget(name)
            return nil
        }
        guard !attempts.isSetAside(attempt) else {
            keep([setAside(name, digest: contents.digest, reader: reader)])
            return nil
        }
        return News(file: file, contents: contents, name: name, reader: reader, attempt: attempt)
    }

    /// Whether this content is what the store has, or will have after the pass that is going on.
    private func isKnown(_ name: ExportName, digest: String, reader: String) -> Bool {
        if let change = applying[name] { return change.digest == digest && change.reader == reader }
        return stored?[name].map { $0.digest == digest && $0.reader == reader } ?? false
    }

    /// Finds out what contents mean, and keeps what that changes.
    private mutating func interpret(_ news: [News], in index: Int, elapsed: () -> Duration) async {
        guard let window, !news.isEmpty else { return }
        let reader = ExportReader(rules: sources[index].rules, window: window)
        let makeSpool = makeSpool
        attempts.note(logger) { try $0.reading.begin(news.map(\.attempt)) }
        let readings = await news.mappedOnAllProcessors { item in
            Result { () throws(SourceFault) in try item.contents.spooled(by: reader, into: makeSpool) }
        }
        attempts.note(logger) { try $0.reading.end(news.map(\.attempt)) }
        for (item, reading) in zip(news, readings) {
            attend(to: item.file, in: index, elapsed: elapsed) { synchronizer throws(SourceFault) in
                let read = try reading.get()
                // A content that may still grow is looked at again by every scan.
                if read.export.ending == .truncated { synchronizer.looks[index].noteUnreadable(item.file.path) }
                guard let change = synchronizer.change(item, read, in: index, elapsed: elapsed()) else { return }
                synchronizer.keep([change])
                synchronizer.pendingBytes += change.memory(ofFile: item.file.stamp.size)
            }
        }
    }

    /// Does `work` for `file`, or notes why it cannot be done.
    private mutating func attend(
        to file: DueFile, in index: Int, elapsed: () -> Duration,
        work: (inout Synchronizer) throws(SourceFault) -> Void
    ) {
        do throws(SourceFault) {
            try work(&self)
        } catch .changing {
            hear(of: file.path, arrival: nil, in: index, elapsed: elapsed)
        } catch {
            note(error, about: file.path, in: index, elapsed: elapsed())
        }
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

    /// What a content means for the store; `nil` while it may still become whole.
    private mutating func change(
        _ news: News, _ read: ReadExport, in index: Int, elapsed: Duration
    ) -> ExportChange? {
        let (name, digest, reader, export) = (news.name, news.contents.digest, news.reader, read.export)
        log(read, name, isTold: incomplete[name]?.digest == digest)
        switch export.ending {
        case .complete:
            incomplete[name] = nil
            var change = ExportChange(
                name, read.change, digest: digest, reader: reader, diagnostics: export.diagnostics,
                isGuarded: !sources.contains { $0.name == name.source && $0.allowsEmpty })
            change.rejectedRequests = export.rejectedRequests
            change.device = directoryDisks[index]?.holding(name.path)
            return change
        case .refused:
            incomplete[name] = nil
            return ExportChange(name, .unusable, digest: digest, reader: reader, diagnostics: export.diagnostics)
        case .truncated:
            let waiting = incomplete[name].flatMap { $0.digest == digest ? $0 : nil }
            let since = waiting?.since ?? elapsed
            incomplete[name] = Incomplete(digest: digest, since: since)
            guard elapsed - since >= Self.truncationPause else {
                looks[index].expectScan(by: since + Self.truncationPause)
                return nil
            }
            return ExportChange(name, .unusable, digest: digest, reader: reader, diagnostics: export.diagnostics)
        }
    }

    /// So many exports before a pass have a line each in the log.
    static let toldOneByOne = 100
    /// So many do that are not as they should be, before one that decides all that there is: what is said of them is in
    /// their reports too.
    static let faultyToldOneByOne = 1_000

    /// - Parameter isTold: whether it was logged before that this content is not complete.
    private mutating func log(_ read: ReadExport, _ name: ExportName, isTold: Bool) {
        let export = read.export
        let gravest = export.diagnostics.max { $0.severity < $1.severity }
        let isFine = export.ending == .complete && (gravest?.severity ?? .note) < .warning
        if !isFine, !isTold {
            faultyTold += 1
            if faultyTold == Self.faultyToldOneByOne + 1 {
                logger.notice("more exports are not as they should be: see their reports, or log at debug level")
            }
        }
        let isOneOfMany =
            isFine ? pending.count >= Self.toldOneByOne : isTold || faultyTold > Self.faultyToldOneByOne
        logger.log(
            level: isOneOfMany ? .debug : .info,
            export.ending == .complete ? "read an export" : "an export is not usable as it is",
            metadata: [
                "source": "\(name.source)", "export": "\(name.path)", "ending": "\(export.ending)",
                "bookings": "\(read.bookings)", "findings": "\(export.diagnostics.count)",
                "gravest": "\(gravest.map { "\($0.code.rawValue) \($0.message)" } ?? "none")",
            ]
        )
    }
}
