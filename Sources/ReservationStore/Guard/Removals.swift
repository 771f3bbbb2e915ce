import Foundation
import GRDB
import Reservations

/// What a pass would withdraw, which of it is a loss, and what of that has to wait.
struct Removals {
    private let diffs: [ExportDiff]
    private let generation: Int64
    private let now: Date
    /// Rows that have been held, of exports that do not change: what is missing in the others is found anew.
    private let heldBefore: [HeldRow]
    /// What the operator has let through.
    private let accepted: Set<Int64>
    /// What was a loss in the pass before and still is, if it leaves with this one too.
    private let stillLost: Set<Int64>
    /// Rows that would be hidden by this pass.
    private let going: Set<Int64>
    private let addedKeys: Set<Mark>

    /// What of the losses waits, by row.
    private(set) var held: Set<Int64> = []
    /// What waited and goes now.
    private(set) var released: [GoneBooking] = []
    private(set) var sources: [SourceRemovals] = []

    init(_ diffs: [ExportDiff], generation: Int64, at now: Date, _ db: Database) throws {
        self.diffs = diffs
        self.generation = generation
        self.now = now
        let changed = Set(diffs.filter { $0.bookings != nil }.map(\.row))
        let held = try HeldRow.all(db)
        heldBefore = held.filter { !changed.contains($0.export) }
        accepted = Set(held.filter(\.isAccepted).map(\.booking))
        going = Set(diffs.flatMap { $0.withdrawn.map(\.row) } + heldBefore.map(\.booking))
        let staying = Set(held.map(\.booking)).subtracting(going)
        let suspects = try HeldSuspects(held, staying: staying, diffs, generation: generation, at: now, db)
        stillLost = Set(held.filter { !$0.isAccepted }.map(\.booking)).subtracting(suspects.rows)
        let loses = !heldBefore.isEmpty || diffs.contains { !$0.withdrawn.isEmpty }
        var keys: Set<Mark> = []
        if loses { for diff in diffs { try diff.forEachAdded { keys.insert(Mark($0.key)) } } }
        addedKeys = keys
        let touched = Set(diffs.map(\.change.export.source)).union(heldBefore.map(\.source))
        for source in touched.sorted() { try judge(source, db) }
    }

    private mutating func judge(_ source: String, _ db: Database) throws {
        let diffs = diffs.filter { $0.change.export.source == source }
        let waiting = heldBefore.filter { $0.source == source }
        let guarded = diffs.filter(\.change.isGuarded)
        let leaving =
            guarded.flatMap { diff in diff.withdrawn.map { (row: $0.row, export: diff.row) } }
            + waiting.map { (row: $0.booking, export: $0.export) }
        var returned = ReturnedClaims(to: source, going: going, generation: generation - 1, now: now)
        if !leaving.isEmpty { for diff in diffs { try diff.forEachAdded { returned.note($0) } } }
        var decoder = BookingDecoder()
        var losses: [Int64: [Int64]] = [:]
        for (row, export) in leaving where try isLoss(row, &returned, by: &decoder, db) {
            losses[export, default: []].append(row)
        }
        let gone = Set(diffs.filter { $0.change.kind == .removed }.map(\.row)).union(
            waiting.filter(\.isMissing).map(\.export))
        let loss = try sourceLoss(source, losses, gone, db)
        let reason = RemovalGuard.reason(toHold: loss)
        let lost = Set(losses.values.joined())
        if reason != nil { held.formUnion(lost) }
        for row in waiting.map(\.booking) where reason == nil || !lost.contains(row) {
            if let booking = try StoredBooking.withRow(row, by: &decoder, db) { released.append(GoneBooking(booking)) }
        }
        sources.append(SourceRemovals(source: source, reason: reason, lost: lost.count, before: loss.before))
    }

    private func sourceLoss(
        _ source: String, _ losses: [Int64: [Int64]], _ gone: Set<Int64>, _ db: Database
    ) throws -> SourceLoss {
        guard losses.values.contains(where: { !$0.isEmpty }) else {
            return SourceLoss(before: 0, withdrawn: 0, exports: [])
        }
        let recent = try RecentLosses(of: source, at: now, db)
        let bookings = try FutureBookings(after: now, in: generation - 1, db)
        return SourceLoss(
            before: try recent.before
                ?? bookings.count(ofSource: source, upTo: HeldRow.newest(ofSource: source, db), db),
            withdrawn: recent.withdrawn,
            exports: try losses.sorted { $0.key < $1.key }.map { export, rows in
                let future = try bookings.count(ofExport: export, upTo: HeldRow.newest(ofExport: export, db), db)
                return SourceLoss.Export(
                    future: max(future, rows.count), lost: rows.count, isGone: gone.contains(export))
            }
        )
    }

    private func isLoss(
        _ row: Int64, _ returned: inout ReturnedClaims, by decoder: inout BookingDecoder, _ db: Database
    ) throws -> Bool {
        if stillLost.contains(row) { return true }
        guard !accepted.contains(row), let booking = try StoredBooking.withRow(row, by: &decoder, db),
            try !isKnownElsewhere(booking, db)
        else { return false }
        return try returned.isMissing(booking, db)
    }

    /// The same entry in another export, as after a renaming.
    private func isKnownElsewhere(_ booking: StoredBooking, _ db: Database) throws -> Bool {
        if addedKeys.contains(Mark(booking.booking.key)) { return true }
        let family = try StoredBooking.visible(of: booking.booking.family, in: generation - 1, db)
        return family.contains { $0.booking.key == booking.booking.key && !going.contains($0.row) }
    }
}

/// What became of a source's losses in a pass.
struct SourceRemovals {
    var source: String
    /// `nil` when nothing waits.
    var reason: RemovalGuard.Reason?
    var lost: Int
    /// Future bookings before the first loss of the hour.
    var before: Int
}
