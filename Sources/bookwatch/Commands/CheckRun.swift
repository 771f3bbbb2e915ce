import ArgumentParser
import CalendarImport
import Diagnostics
import DirectoryWatch
import Foundation
import Reports
import ReservationStore
import Reservations
import Synchronizer

/// One look at files that are not taken in: what each says, and which of them want the same slots.
struct CheckRun {
    private let settings: Configuration
    private let rules: SourceRules
    private let reader: ExportReader
    private let now: Date

    /// - Throws: exit code 78, after every finding was told.
    init(_ settings: Configuration, at now: Date) throws {
        self.settings = settings
        self.now = now
        rules = try BadConfiguration.told { () throws(BadConfiguration) in try settings.rules(ofSource: nil) }
        reader = ExportReader(rules: rules, window: ImportWindow(around: now, ahead: settings.policy.horizon))
    }

    /// - Parameter paths: of files and directories; a file that is named twice counts once.
    /// - Throws: exit code 66 where one of them cannot be read; what cannot be read below a directory is a finding.
    func report(on paths: [String]) async throws -> CheckReport {
        var read: [CheckedFile] = []
        var known: Set<String> = []
        for path in paths {
            for file in try FileArgument.isDirectory(path) ? files(below: path) : [file(at: path)]
            where known.insert(URL(fileURLWithPath: file.path).standardizedFileURL.path).inserted {
                read.append(file)
            }
        }
        let conflicts = Dictionary(grouping: try await conflicts(among: read), by: \.file)
        return CheckReport(read.map { $0.report.adding(conflicts[$0.path] ?? []) })
    }

    private func file(at path: String) throws -> CheckedFile {
        if let fault = try FileArgument.fault(of: path, limits: rules.limits) { return CheckedFile(path, fault) }
        return CheckedFile(path, try FileArgument.export(at: path, by: reader))
    }

    private func files(below directory: String) throws -> [CheckedFile] {
        let source = WatchedSource(name: "check", root: WatchedRoot(directory), rules: rules)
        let scan = DirectoryScan(of: source.root)
        if scan.root == nil, let refusal = scan.refusals.first {
            Output.error(Output.shown("\(directory): \(refusal.fault)"))
            throw ExitCode.noInput
        }
        let read = scan.entries.map { entry in
            do throws(SourceFault) {
                let contents = try ExportContents(entry.path, of: source, settled: entry.stamp)
                return CheckedFile(Self.join(directory, entry.path), try contents.read(by: reader))
            } catch {
                return CheckedFile(Self.join(directory, entry.path), error)
            }
        }
        let refused = scan.refusals.map { CheckedFile(Self.join(directory, $0.path), $0.fault) }
        return (read + refused).sorted { $0.path < $1.path }
    }

    /// As somebody would write it who names the file; empty for the directory itself.
    private static func join(_ directory: String, _ path: String) -> String {
        let base = directory.hasSuffix("/") && directory != "/" ? String(directory.dropLast()) : directory
        if path.isEmpty { return base }
        return base == "." ? path : base == "/" ? "/\(path)" : "\(base)/\(path)"
    }

    private func conflicts(among files: [CheckedFile]) async throws -> [Diagnostic] {
        let store = try ReservationStore.inMemory()
        let changes = files.compactMap { file in
            file.bookings.map {
                ExportChange(ExportName(source: "check", path: file.path), .content($0, absent: .withdrawn))
            }
        }
        _ = try await store.apply(changes, policy: try settings.conflictPolicy(), admission: AdmissionPolicy(), at: now)
        let declined = try await store.declined(endingAfter: now).declined
        let blocking = try await store.reservations(withIDs: Set(declined.flatMap(\.stored.decision.blocking)))
        let places = try await store.places(ofBookings: Set(blocking.values.map(\.booking)))
        // All are of one source here; what tells them apart is the place.
        let winners = blocking.mapValues { stored in
            var winner = stored.reservation
            if let place = places[stored.booking] { winner.source = "\(place.export.path):\(place.line)" }
            return winner
        }
        let zone = try BadConfiguration.told { () throws(BadConfiguration) in try settings.shownZone() }
        let context = ReportContext(zone: zone, disclosure: .all, findingLimit: .max) { winners[$0] }
        let items = declined.map { conflict in
            ConflictReport.Item(
                ReportedReservation(conflict.stored.reservation, conflict.stored.decision), file: conflict.export.path,
                line: conflict.line)
        }
        return ConflictReport(items, context: context).conflicts.map { finding in
            Diagnostic(
                finding.code ?? .slotTaken, file: finding.file, line: finding.line, uid: finding.uid, finding.message,
                hint: finding.hint)
        }
    }
}

/// A file with what was read of it.
private struct CheckedFile {
    /// As it was named, or as it follows from its directory's name.
    let path: String
    /// `nil` where the content cannot be used.
    let bookings: [Booking]?
    let report: CheckReport.File

    init(_ path: String, _ export: ImportedExport) {
        self.path = path
        bookings = export.ending == .complete ? export.bookings : nil
        let entries = export.bookings.map {
            CheckReport.Entry(uid: $0.key.uid, recurrenceID: $0.key.recurrenceID?.text, line: $0.line)
        }
        report = CheckReport.File(
            path: path, entries: entries, findings: export.diagnostics, unlisted: export.unlisted)
    }

    init(_ path: String, _ fault: SourceFault) {
        self.path = path
        bookings = nil
        report = CheckReport.File(path: path, findings: [Diagnostic(fault, file: path)])
    }
}
