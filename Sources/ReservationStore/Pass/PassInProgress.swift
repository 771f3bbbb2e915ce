import Foundation
import GRDB
import Reservations

/// What one pass has found out and written so far.
struct PassInProgress {
    let generation: Int64
    let policy: ConflictPolicy
    let now: Date
    var changes: [Change] = []
    var touched: Set<BookingFamily> = []
    var fresh: [RoomName: [BookedReservation]] = [:]
    var rooms: [RoomsChange] = []
    private var inserted = 0
    private var withdrawn = 0
    private var held: Set<Int64> = []
    private var sources: [SourceRemovals] = []

    struct Change {
        let row: Int64
        let change: ExportChange
        /// Whether something stays that the change would withdraw.
        let isHeld: Bool
    }

    init(generation: Int64, policy: ConflictPolicy, now: Date) {
        self.generation = generation
        self.policy = policy
        self.now = now
    }

    mutating func note(_ diff: BookingDiff) {
        touched.formUnion(diff.added.map(\.family))
        touched.formUnion(diff.gone.map(\.booking.family))
        inserted += diff.added.count
        withdrawn += diff.gone.count
    }

    mutating func note(_ removals: Removals) {
        touched.formUnion(removals.released.map(\.booking.family))
        withdrawn += removals.released.count
        held = removals.held
        sources = removals.sources
    }

    func change(of rooms: [RoomName], _ db: Database) throws -> RoomsChange {
        try RoomsChange(
            rooms, fresh: rooms.flatMap { fresh[$0] ?? [] }, touched: touched, before: generation - 1, policy: policy,
            at: now, db
        )
    }

    /// Lets the rooms of each touched booking whose conference is open be decided together.
    func join(_ groups: inout RoomGroups, _ db: Database) throws {
        for id in try StoredConference.openReservations(db) where touched.contains(id.family) {
            let before = try StoredReservation.rooms(of: id.family, in: generation - 1, db)
            let after = try StoredBooking.reservations(of: id.family, in: generation, db).map(\.reservation.id.room)
            groups.join(Set(before).union(after).union([id.room]))
        }
    }

    /// Decides anew, inside the last transaction, where conferences have opened or ended since the rooms were read.
    mutating func decideAnewWhereNeeded(_ db: Database) throws {
        var changed: Set<RoomName> = []
        var groups = RoomGroups(Set(rooms.flatMap(\.rooms)))
        for change in rooms {
            groups.join(Set(change.rooms))
            let open = try change.rooms.flatMap { try StoredConference.open(in: $0, db).map(\.id) }
            if Set(open) != change.open { changed.formUnion(change.rooms) }
        }
        guard !changed.isEmpty else { return }
        try join(&groups, db)
        for group in groups.sorted where !changed.isDisjoint(with: group) {
            try RoomsChange.undo(group, generation: generation, db)
            let again = try change(of: group, db)
            try again.hideGone(from: generation, db)
            try again.insert(again.added[...], since: generation, at: now, db)
            rooms.removeAll { group.contains($0.rooms[0]) }
            rooms.append(again)
        }
    }

    /// The exports' own rows, and what is held of them.
    func switchExports(_ db: Database) throws {
        for change in changes { try switchExport(change, db) }
        try HeldRow.replace(ofSources: sources.map(\.source), with: held, at: now, db)
        for source in sources { try RecentLosses.note(source, at: now, db) }
        try StoredExport.removeReleased(db)
    }

    /// The row of a removed export goes when nothing hangs on it any more.
    private func switchExport(_ change: Change, _ db: Database) throws {
        switch change.change.kind {
        case .content: try StoredExport.update(change.row, with: change.change, inForce: true, at: now, db)
        case .unusable: try StoredExport.update(change.row, with: change.change, inForce: false, at: now, db)
        case .removed where change.isHeld: try StoredExport.markMissing(change.row, db)
        case .removed: try StoredExport.markRemoved(change.row, db)
        }
    }

    var summary: PassSummary {
        var summary = PassSummary(generation: generation, inserted: inserted, withdrawn: withdrawn)
        summary.exports = Set(changes.map(\.change.export))
        for source in sources { summary.held[source.source] = .some(HeldSource(source)) }
        for (_, decision) in rooms.flatMap(\.added) {
            switch decision.verdict {
            case .granted: summary.granted += 1
            case .declined: summary.declined += 1
            case .duplicate: summary.duplicates += 1
            }
        }
        return summary
    }
}
