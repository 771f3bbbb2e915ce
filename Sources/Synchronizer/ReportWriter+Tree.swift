package import Foundation
import Reports
import ReservationStore
import Reservations

extension ReportWriter {
    /// Writes every report from what the store has, told already or not. The store is only read. The log of events is
    /// left out: it grows with what happens, and the store does not keep what has happened.
    ///
    /// - Returns: what was written, or `nil` before the first pass.
    package func writeTree(at now: Date) async throws -> ReportTally? {
        guard let everything = try await store.everythingToReport() else { return nil }
        var tally = ReportTally()
        var replies: Set<ReplyName> = []
        var rooms = RoomBatch()
        for room in everything.rooms {
            let reservations = try await store.reservations(of: room, touching: .distantPast ..< .distantFuture)
            let granted = reservations.filter { $0.decision.verdict == .granted }
            addFreeBusy(room, granted: granted, to: &rooms, &tally)
            if rooms.isFull { write(&rooms, &tally) }
            replies.formUnion(answeredNowOrBefore(reservations))
        }
        write(&rooms, &tally)
        replies.formUnion(try await store.rejections(in: everything))
        let summaries = try await write(everything.exports, &tally)
        try await write(replies.sorted(), &tally)
        let days = try await store.endsOfExpiries().map { LocalDay(ofEnd: $0, in: settings.zone) }
        try await write(expiriesOf: Set(days), at: now, &tally)
        try await writeConflicts(at: now, &tally)
        let watched = try await store.watchedDirectories()
        let pass = StoredPass(generation: everything.current, at: everything.passedAt)
        writeIndex(pass, watched, of: summaries.map { ($0.export, $0.summary) }, &tally)
        return tally
    }
}
