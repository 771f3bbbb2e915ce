import Diagnostics
package import Foundation
import Logging
package import Reports
import ReservationStore
import Reservations

/// Writes the reports from what is committed: each file only when its bytes change.
package struct ReportWriter: Sendable {
    private let directory: String
    private let zone: TimeZone
    private let disclosure: Disclosure
    /// Where the sender of a source's exports finds its reports too, by the source's name.
    private let copies: [String: String]

    package init(directory: String, zone: TimeZone, disclosure: Disclosure, copies: [String: String] = [:]) {
        self.directory = directory
        self.zone = zone
        self.disclosure = disclosure
        self.copies = copies
    }

    /// Writes the reports of `exports` and the list of open conflicts; removes those of exports that are gone.
    ///
    /// What cannot be written is told (RPT001) and tried again by the next pass; the service goes on.
    func write(about exports: Set<ExportName>, from store: ReservationStore, at now: Date, logger: Logger) async {
        do {
            let stored = Dictionary(uniqueKeysWithValues: try await store.exports(named: exports).map { ($0.name, $0) })
            var tally = Tally(logger: logger)
            for name in exports.sorted() {
                if let export = stored[name] {
                    let report = try await report(on: export, from: store)
                    tally.note(files(for: name, "report.json").map { $0.write(report.json()) })
                    tally.note(files(for: name, "report.csv").map { $0.write(report.csv()) })
                } else {
                    tally.note((files(for: name, "report.json") + files(for: name, "report.csv")).map { $0.remove() })
                }
            }
            let conflicts = try await conflicts(from: store, at: now)
            tally.note([ReportFile("conflicts", fileExtension: "json", in: directory).write(conflicts.json())])
            tally.note([ReportFile("conflicts", fileExtension: "csv", in: directory).write(conflicts.csv())])
            tally.tell(conflicts: conflicts.conflictsTotal)
        } catch {
            logger.error("the reports could not be made", metadata: ["error": "\(error)"])
        }
    }

    private func files(for export: ExportName, _ suffix: String) -> [ReportFile] {
        let folders = export.path.split(separator: "/").dropLast().map(String.init)
        let name = export.path.split(separator: "/").last.map(String.init) ?? export.path
        let own = ReportFile(name, fileExtension: suffix, below: [export.source] + folders, in: directory)
        let copy = copies[export.source].map { ReportFile(name, fileExtension: suffix, below: folders, in: $0) }
        return [own] + [copy].compactMap(\.self)
    }

    private func report(on export: StoredExport, from store: ReservationStore) async throws -> ExportReport {
        // Of an export whose content was refused, what is in force is an older one: the report is about the new one.
        let outcomes = export.inForce ? try await store.outcomes(of: export.row) : []
        let blocking = Set(outcomes.flatMap(\.reservations).flatMap(\.decision.blocking))
        return ExportReport(
            source: export.name.source, export: export.name.path, usage: export.inForce ? .inForce : .refused,
            bookings: outcomes.map { outcome in
                ReportedBooking(
                    outcome.booking,
                    reservations: outcome.reservations.map { ReportedReservation($0.reservation, $0.decision) }
                )
            },
            diagnostics: export.diagnostics, context: try await context(naming: blocking, from: store)
        )
    }

    private func conflicts(from store: ReservationStore, at now: Date) async throws -> ConflictReport {
        let declined = try await store.declined(endingAfter: now)
        let blocking = Set(declined.flatMap(\.stored.decision.blocking))
        return ConflictReport(
            declined.map { conflict in
                ConflictReport.Item(
                    ReportedReservation(conflict.stored.reservation, conflict.stored.decision),
                    file: "\(conflict.export.source)/\(conflict.export.path)", line: conflict.line,
                    sequence: conflict.sequence
                )
            },
            context: try await context(naming: blocking, from: store)
        )
    }

    private func context(naming ids: Set<ReservationID>, from store: ReservationStore) async throws -> ReportContext {
        let known = try await store.reservations(withIDs: ids).mapValues(\.reservation)
        return ReportContext(zone: zone, disclosure: disclosure) { known[$0] }
    }
}

/// What was written in one go.
private struct Tally {
    let logger: Logger
    private var written = 0
    private var unchanged = 0

    init(logger: Logger) { self.logger = logger }

    mutating func note(_ outcomes: [ReportFile.Outcome]) {
        for outcome in outcomes {
            switch outcome {
            case .written: written += 1
            case .unchanged: unchanged += 1
            case .failed(let diagnostic):
                logger.error(
                    "a report was not written",
                    metadata: ["code": "\(diagnostic.code.rawValue)", "reason": "\(diagnostic)"]
                )
            }
        }
    }

    func tell(conflicts: Int) {
        logger.info(
            "reports written",
            metadata: ["written": "\(written)", "unchanged": "\(unchanged)", "conflicts": "\(conflicts)"]
        )
    }
}
