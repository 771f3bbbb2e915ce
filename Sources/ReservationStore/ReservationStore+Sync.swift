package import Foundation
import GRDB
package import Reservations

extension ReservationStore {
    /// One pass: switches bookings, decisions and exports at once; readers see all of it or none.
    ///
    /// Rows of the next generation are written in short transactions that nobody sees, so that Prosody never waits for
    /// long; the last transaction makes them current. It decides a room anew whose conferences have changed meanwhile.
    /// Bookings that waited for a conference that has ended are decided too; all rooms are, if `policy` is a new one.
    /// - Parameter admission: tells when a reservation could be open that is over and leaves with this pass.
    package func apply(
        _ changes: [ExportChange], policy: ConflictPolicy, admission: AdmissionPolicy, at now: Date
    ) async throws -> PassSummary {
        let pass = try await stage(changes, policy: policy, at: now)
        let finished = try await commit(pass, expiring: ExpiryRun(policy: admission, now: now))
        while try await database.write({ try GenerationRows.removeReplaced($0, upTo: Self.rowsAChunk) }) > 0 {}
        return finished
    }

    /// Writes all that the next generation changes, where nobody sees it yet.
    func stage(_ changes: [ExportChange], policy: ConflictPolicy, at now: Date) async throws -> PassInProgress {
        let generation = try await database.write { try GenerationRows.begin($0) }
        var pass = PassInProgress(generation: generation, policy: policy, now: now)
        var diffs: [ExportDiff] = []
        for change in changes { diffs.append(try await diff(of: change, pass)) }
        let removals = try await database.read { [diffs] in try Removals(diffs, generation: generation, at: now, $0) }
        for diff in diffs { try await stage(diff, holding: removals.held, &pass) }
        try await stage(removals, &pass)
        try await stageRooms(&pass)
        return pass
    }

    /// So many rows take about 10 ms.
    private static let rowsAChunk = 400

    private func inChunks<Item: Sendable>(
        of items: [Item], _ body: @escaping @Sendable (ArraySlice<Item>, Database) throws -> Void
    ) async throws {
        for start in stride(from: 0, to: items.count, by: Self.rowsAChunk) {
            let chunk = items[start..<min(start + Self.rowsAChunk, items.count)]
            try await database.write { try body(chunk, $0) }
        }
    }

    private func diff(of change: ExportChange, _ pass: PassInProgress) async throws -> ExportDiff {
        let row = try await database.write { db in
            try StoredExport.named(change.export, db)?.row ?? StoredExport.insertEmpty(change.export, at: pass.now, db)
        }
        return try await database.read { try ExportDiff(of: change, row: row, generation: pass.generation, $0) }
    }

    private func stage(_ diff: ExportDiff, holding held: Set<Int64>, _ pass: inout PassInProgress) async throws {
        let generation = pass.generation
        let isHeld = diff.withdrawn.contains { held.contains($0.row) }
        pass.changes.append(PassInProgress.Change(row: diff.row, change: diff.change, isHeld: isHeld))
        guard var bookings = diff.bookings else { return }
        bookings.keep(held)
        try await inChunks(of: bookings.gone.map(\.row)) { rows, db in
            for row in rows { try StoredBooking.hide(row, from: generation, db) }
        }
        try await inChunks(of: bookings.added) { bookings, db in
            for booking in bookings { try StoredBooking.insert(booking, export: diff.row, since: generation, db) }
        }
        try await inChunks(of: bookings.moved) { moves, db in
            for move in moves { try StoredBooking.move(move.row, toLine: move.line, db) }
        }
        pass.note(bookings)
    }

    /// What was held, and goes now.
    private func stage(_ removals: Removals, _ pass: inout PassInProgress) async throws {
        let generation = pass.generation
        try await inChunks(of: removals.released.map(\.row)) { rows, db in
            for row in rows { try StoredBooking.hide(row, from: generation, db) }
        }
        pass.note(removals)
    }

    private func stageRooms(_ pass: inout PassInProgress) async throws {
        let generation = pass.generation
        pass.touched.formUnion(try await database.read { try WaitingRows.ready($0) })
        let touched = pass.touched
        let policy = pass.policy
        let (fresh, rooms) = try await database.read { db in
            let (fresh, rooms) = try Self.reservations(of: touched, generation: generation, db)
            let isSamePolicy = try GenerationRows.isDecided(by: policy, db)
            return (fresh, isSamePolicy ? rooms : rooms.union(try StoredReservation.rooms(in: generation - 1, db)))
        }
        pass.fresh = fresh
        let groups = try await database.read { [pass] db in
            var groups = RoomGroups(rooms)
            try pass.join(&groups, db)
            return groups.sorted
        }
        for group in groups {
            let change = try await database.read { [pass] in try pass.change(of: group, $0) }
            try await database.write { try change.hideGone(from: generation, $0) }
            try await inChunks(of: change.added) { [now = pass.now] part, db in
                try change.insert(part, since: generation, at: now, db)
            }
            pass.rooms.append(change)
        }
    }

    /// The touched bookings' reservations in the next generation, by room; and all rooms that they had or have.
    private static func reservations(
        of touched: Set<BookingFamily>, generation: Int64, _ db: Database
    ) throws -> (fresh: [RoomName: [BookedReservation]], rooms: Set<RoomName>) {
        var fresh: [RoomName: [BookedReservation]] = [:]
        var rooms: Set<RoomName> = []
        for family in touched.sorted() {
            for new in try StoredBooking.reservations(of: family, in: generation, db) {
                fresh[new.reservation.id.room, default: []].append(new)
            }
            rooms.formUnion(try StoredReservation.rooms(of: family, in: generation - 1, db))
        }
        return (fresh, rooms.union(fresh.keys))
    }

    func commit(_ pass: PassInProgress, expiring run: ExpiryRun) async throws -> PassSummary {
        try await database.write { db in
            var pass = pass
            try pass.decideAnewWhereNeeded(db)
            for succession in pass.rooms.flatMap(\.successions) {
                try StoredConference.pass(succession, db)
            }
            try run.writeLeaving(pass.rooms.flatMap { $0.leaving(at: run.now) }, db)
            try WaitingRows.replace(of: pass.touched, with: pass.rooms.flatMap(\.waiting), db)
            try pass.switchExports(db)
            try GenerationRows.makeCurrent(pass.generation, by: pass.policy, at: pass.now, db)
            var summary = pass.summary
            summary.exports.formUnion(try StoredExport.decidedOtherwise(in: pass.generation, db))
            return summary
        }
    }
}
