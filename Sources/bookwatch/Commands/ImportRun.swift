import Diagnostics
import DirectoryWatch
import Foundation
import Logging
import ReservationStore
import Reservations
import Synchronizer

/// One import into one store, with its progress shown.
struct ImportRun {
    let source: WatchedSource
    private let settings: Configuration
    private let store: ReservationStore

    /// - Parameter settings: with exactly one source.
    init(_ settings: Configuration, store: ReservationStore) throws(BadConfiguration) {
        guard let source = try settings.watchedSources().first else {
            throw BadConfiguration([Diagnostic(.badValue, "there is no source")])
        }
        self.source = source
        self.settings = settings
        self.store = store
    }

    /// - Parameter reports: `nil` writes none.
    func run(reports: ReportSettings?) async throws -> ImportOutcome {
        let today = Daemon.now()
        let work = SourceImport(of: source, into: store, horizon: settings.policy.horizon)
        var bar = ProgressBar()
        defer { bar.clear() }
        let reading = try await work.read(at: today) { bar.show($0) }
        var logger = Logger(label: "bookwatch") { OneLineLog(label: $0) }
        logger.logLevel = .warning
        let summary = try await work.apply(
            reading, policy: try settings.conflictPolicy(), admission: try settings.admissionPolicy(), reports: reports,
            at: today, logger: logger
        ) { bar.show($0) }
        return ImportOutcome(source: source.name, reading: reading, summary: summary)
    }
}

/// What was read, and what became of it.
struct ImportOutcome {
    let source: String
    let reading: SourceImport.Reading
    let summary: PassSummary

    var findings: [Diagnostic] {
        reading.changes.flatMap { change in change.diagnostics.map { $0.located(in: change.export.path) } }
            + reading.faults.map { Diagnostic($0.fault, file: $0.path) }
            + [reading.staleSince].compactMap(\.self).map { Diagnostic(staleSince: $0) }
    }

    /// The errors, so many at most, and the summary; the reports have everything.
    func tell() {
        let errors = findings.filter { $0.severity == .error }
        for finding in errors.prefix(Self.toldErrors) { Output.progress(Output.shown(finding)) }
        if errors.count > Self.toldErrors { Output.progress("… and \(errors.count - Self.toldErrors) errors more") }
        Output.progress(text)
        if case .some(.some(let held)) = summary.held[source] {
            Output.progress(
                "\(held.lost) of \(held.before) future bookings would be withdrawn and are held (SRC010): "
                    + "bookwatch sources accept \(source)")
        }
    }

    private static let toldErrors = 20

    var text: String {
        let unusable = reading.changes.count { $0.kind == .unusable } + reading.faults.count
        let removed = reading.changes.count { $0.kind == .removed }
        let read = reading.changes.count - removed + reading.faults.count
        return """
            exports: \(read) read, \(reading.unchanged) unchanged, \(removed) gone, \(unusable) not usable; \
            bookings: \(summary.inserted) in, \(summary.withdrawn) out; \
            slots: \(summary.granted) granted, \(summary.declined) declined, \(summary.duplicates) duplicates
            """
    }
}

/// A store to try something on: a copy of the one at a path, or an empty one.
struct StoreCopy {
    let store: ReservationStore
    private let folder: URL

    init(of path: String) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "bookwatch-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let copy = folder.appending(path: "copy.sqlite").path
        if FileManager.default.fileExists(atPath: path) {
            _ = try ReservationStore.openForCopying(at: path).backUp(to: copy)
        }
        store = try ReservationStore.open(at: copy)
    }

    func discard() throws {
        try store.close()
        try FileManager.default.removeItem(at: folder)
    }
}

/// A line of a preview as it is shown.
struct ShownChange: Encodable {
    let change, export: String
    let line: Int
    let uid: String
    let rooms: [String]
    let start: Date?
    /// Why it is declined.
    let code: String?
    let blocking: [String]

    init(_ line: ImportPreview.Line) {
        change = line.mark.rawValue
        export = line.export.path
        self.line = line.booking.line
        uid = line.booking.key.uid
        rooms = line.booking.rooms.map(\.shown)
        start = line.booking.occurrences.first?.slot.start
        code = line.decision?.code?.rawValue
        blocking = line.decision?.blocking.map(\.uid) ?? []
    }

    var text: String {
        let when = start.map { " \($0.formatted(.iso8601))" } ?? ""
        let why = code.map { " \($0) by \(blocking.joined(separator: ", "))" } ?? ""
        return Output.shown("\(change) \(export):\(line) \(uid) \(rooms.joined(separator: ", "))\(when)\(why)")
    }
}
