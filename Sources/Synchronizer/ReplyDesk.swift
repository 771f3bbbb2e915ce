import Foundation
import Reports
import ReservationStore
import Reservations

/// Makes the answers to organizers from what is committed.
struct ReplyDesk {
    private let reports: StoredReports
    /// What was found in the exports that were looked at.
    private var remarks: [ExportName: EntryRemarks] = [:]

    init(_ reports: StoredReports) { self.reports = reports }

    /// `nil` where nothing is booked any more, nobody asked (there is no ORGANIZER), or the room has no address.
    mutating func reply(_ name: ReplyName) async throws -> Reply? {
        let entries = try await reports.store.answered(by: name)
        let rejected = try await reports.store.rejected(by: name)
        let organizers = entries.compactMap(\.stored.reservation.owner) + rejected.map(\.request.organizer)
        let invited = entries.compactMap(\.stored.roomAddress) + rejected.compactMap(\.request.roomAddress)
        guard let organizer = organizers.first, let address = reports.address(of: name.room) ?? invited.first else {
            return nil
        }
        let known = try await reports.store.reservations(withIDs: Set(entries.flatMap(\.stored.decision.blocking)))
        var decided: [DecidedEntry] = []
        for entry in entries {
            let (stored, decision) = (entry.stored, entry.stored.decision)
            // The same meeting under another UID has the room, and so has this one.
            let twin = decision.verdict == .duplicate ? decision.blocking.first.flatMap { known[$0] } : nil
            decided.append(
                DecidedEntry(
                    ReportedReservation(stored.reservation, decision), sequence: entry.sequence,
                    isOverride: entry.isOverride,
                    isHonoured: [decision.verdict, twin?.decision.verdict].contains(.granted),
                    remark: try await remarks(on: entry.export).status(of: name.uid), decidedAt: stored.decidedAt))
        }
        let context = reports.context(knowing: known.mapValues(\.reservation))
        return Reply(
            to: organizer, from: address, uid: name.uid, decided: decided, rejected: rejected.map(RefusedEntry.init),
            context: context)
    }

    private mutating func remarks(on export: ExportName) async throws -> EntryRemarks {
        if let read = remarks[export] { return read }
        let read = EntryRemarks(try await reports.store.export(named: export)?.diagnostics ?? [])
        remarks[export] = read
        return read
    }
}

extension RefusedEntry {
    fileprivate init(_ rejection: StoredRejection) {
        let request = rejection.request
        self.init(
            recurrenceID: request.key.recurrenceID, sequence: request.sequence, code: request.code,
            message: request.message, refusedAt: rejection.rejectedAt)
    }
}
