import Diagnostics
package import Foundation
package import Reports
package import ReservationStore
package import Reservations

/// The reports as they follow from what is committed.
package struct StoredReports: Sendable {
    let store: ReservationStore
    let settings: ReportSettings

    package init(_ store: ReservationStore, _ settings: ReportSettings) {
        self.store = store
        self.settings = settings
    }

    /// Every export that there is a report on, in order of source and path.
    package func exports() async throws -> [StoredExport] { try await store.exports() }

    /// Of a report, what is in memory at once.
    private static let (bookingsAtOnce, reservationsAtOnce) = (2_000, 20_000)

    package func report(on export: StoredExport) async throws -> ExportReport {
        let limit = try await context(naming: []).findingLimit
        func draft(_ usage: ExportReport.Usage, _ diagnostics: [Diagnostic]) -> ExportReportDraft {
            ExportReportDraft(
                source: export.name.source, export: export.name.path, usage: usage, diagnostics: diagnostics,
                zone: settings.zone, limit: limit)
        }
        // Of an export whose content was refused, what is in force is an older one: the report is about the new one.
        guard export.inForce else { return draft(.refused, export.diagnostics).report }
        let stale = try await store.superseded(of: export.row).map { finding(on: $0, in: export.name) }
        let waiting = try await store.waiting(in: export.row).map {
            Diagnostic.waiting($0.entry, for: $0.opened.reservation, zone: settings.zone)
        }
        var report = draft(
            export.bringsNothing ? .unchanged : .inForce, export.diagnostics + stale + waiting)
        var unanswerable = UnanswerableBookings()
        func outcomes(after row: Int64) async throws -> (outcomes: [BookingOutcome], last: Int64?) {
            try await store.outcomes(
                of: export.row, after: row, count: Self.bookingsAtOnce, reservations: Self.reservationsAtOnce)
        }
        var part = try await outcomes(after: 0)
        while let last = part.last {
            for outcome in part.outcomes where outcome.reservations.contains(where: { replier(of: $0) != nil }) {
                unanswerable.note(outcome.booking)
            }
            let blocking = Set(part.outcomes.flatMap(\.reservations).flatMap(\.decision.blocking))
            report.add(part.outcomes.map(ReportedBooking.init), context: try await context(naming: blocking))
            part = try await outcomes(after: last)
        }
        report.add(unanswerable.finding)
        return report.report
    }

    /// The conflicts that are not over at `now`.
    package func conflicts(at now: Date) async throws -> ConflictReport {
        let limit = try await context(naming: []).findingLimit
        let (declined, total) = try await store.declined(endingAfter: now, limit: limit)
        let blocking = Set(declined.flatMap(\.stored.decision.blocking))
        return ConflictReport(
            declined.map { conflict in
                ConflictReport.Item(
                    ReportedReservation(conflict.stored.reservation, conflict.stored.decision),
                    file: "\(conflict.export.source)/\(conflict.export.path)", line: conflict.line,
                    sequence: conflict.sequence
                )
            },
            total: total, context: try await context(naming: blocking)
        )
    }

    package func expiries(on day: LocalDay) async throws -> ExpiryReport {
        // What ends at midnight ended on the day before.
        let items = try await items(endingIn: day.start.addingTimeInterval(1)..<day.next.start.addingTimeInterval(1))
        return ExpiryReport(day: day, items: items, context: try await context(naming: []))
    }

    /// How the rooms were used in the month of `day`.
    package func usage(inMonthOf day: LocalDay) async throws -> UsageReport {
        let (first, next) = day.monthBounds
        let items = try await items(endingIn: first.start.addingTimeInterval(1)..<next.start.addingTimeInterval(1))
        return UsageReport(month: day.month, items: items)
    }

    package func freeBusy(of room: RoomName, granted: [StoredReservation]) -> FreeBusyReport {
        FreeBusyReport(
            of: room, address: address(of: room),
            granted: granted.map { ($0.reservation, $0.decidedAt) })
    }

    private func items(endingIn window: Range<Date>) async throws -> [ExpiryReport.Item] {
        try await store.expiries(endingIn: window).map(ExpiryReport.Item.init)
    }

    func context(naming ids: Set<ReservationID>) async throws -> ReportContext {
        context(knowing: try await store.reservations(withIDs: ids).mapValues(\.reservation))
    }

    func context(knowing known: [ReservationID: Reservation]) -> ReportContext {
        ReportContext(zone: settings.zone, disclosure: settings.disclosure) { known[$0] }
    }

    /// The room's own, by which it answers.
    func address(of room: RoomName) -> Participant? { settings.rooms.terms(for: room).address }

    /// Who answers for the room of a reservation; `nil` where nobody can.
    func replier(of stored: StoredReservation) -> Participant? {
        address(of: stored.reservation.id.room) ?? stored.roomAddress
    }

    /// Which other export has the greater revision is told to who may know it.
    private func finding(on stale: StaleBooking, in export: ExportName) -> Diagnostic {
        let (old, new, place) = (stale.booking, stale.current, stale.currentExport)
        let isOpen = place.source == export.source || settings.disclosure == .all
        let shown = place == export ? "line \(new.line)" : isOpen ? place.path : "another export"
        let code: DiagnosticCode
        let message: String
        switch stale.reason {
        case .copy, .olderRevision:
            (code, message) = (.staleRevision, old.revision.whyOlder(than: new.revision, of: shown))
        case .seriesCancelled: (code, message) = (.staleRevision, "the whole series is called off by \(shown)")
        case .orphanedOverride:
            (code, message) = (.orphanedOverride, "the series of \(shown) is newer, and has no such occurrence")
        }
        return Diagnostic(code, line: old.line, uid: old.key.uid, message)
    }
}

/// One finding for all bookings that a room could answer if it were known to whom (RPT003).
private struct UnanswerableBookings {
    private var asking = 0
    private var unanswerable = 0
    private var first: (line: Int, uid: String)?

    /// - Parameter booking: that a room could answer.
    mutating func note(_ booking: Booking) {
        asking += 1
        guard booking.owner == nil else { return }
        unanswerable += 1
        if first.map({ booking.line < $0.line }) ?? true { first = (booking.line, booking.key.uid) }
    }

    var finding: [Diagnostic] {
        guard let first else { return [] }
        return [
            Diagnostic(
                .noReplyPossible, line: first.line, uid: first.uid,
                "\(unanswerable) of \(asking) bookings have no ORGANIZER, so no reply was written")
        ]
    }
}

extension ReportedBooking {
    fileprivate init(_ outcome: BookingOutcome) {
        self.init(
            outcome.booking,
            reservations: outcome.reservations.map { ReportedReservation($0.reservation, $0.decision) })
    }
}

extension ExpiryReport.Item {
    init(_ expired: ExpiredReservation) {
        self.init(
            id: expired.id, slot: expired.slot, expiry: expired.expiry, revision: expired.revision,
            file: "\(expired.export.source)/\(expired.export.path)", line: expired.line, sequence: expired.sequence,
            shownRoom: expired.shownRoom, owner: expired.owner, summary: expired.summary,
            writtenAt: expired.writtenAt)
    }
}
