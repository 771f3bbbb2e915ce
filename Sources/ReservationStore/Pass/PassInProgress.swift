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
    private var bookings = Bookings()
    /// What this pass has inserted, by row: it need not be read again.
    private var fresher: [Int64: StoredBooking] = [:]

    /// What is to be done to the rows of bookings.
    struct Bookings {
        var gone: [Int64] = []
        var added: [(booking: Booking, export: Int64)] = []
        var moved: [(row: Int64, line: Int)] = []
    }

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

    /// - Parameter held: rows that stay although the diff withdraws them.
    mutating func note(_ diff: ExportDiff, holding held: Set<Int64>) {
        let isHeld = !held.isEmpty && diff.withdrawn.contains { held.contains($0.row) }
        changes.append(Change(row: diff.row, change: diff.change, isHeld: isHeld))
        guard var own = diff.bookings else { return }
        if isHeld { own.keep(held) }
        touched.formUnion(own.added.map(\.family))
        touched.formUnion(own.gone.map(\.booking.family))
        bookings.gone += own.gone.map(\.row)
        bookings.added += own.added.map { ($0, diff.row) }
        bookings.moved += own.moved
        inserted += own.added.count
        withdrawn += own.gone.count
    }

    /// What the diffs ask for; in the order in which rooms are decided, so that neighbours in time are neighbours in
    /// the index by which reservations find their bookings: there are more of them than of UIDs.
    mutating func takeBookings() -> Bookings {
        defer { bookings = Bookings() }
        var taken = bookings
        taken.added.sort { $0.booking.isDecidedBefore($1.booking) }
        return taken
    }

    mutating func note(_ rows: [Int64], of added: [(booking: Booking, export: Int64)]) {
        for (row, new) in zip(rows, added) {
            fresher[row] = StoredBooking(row: row, export: new.export, booking: new.booking)
        }
    }

    mutating func note(_ removals: Removals) {
        bookings.gone += removals.released.map(\.row)
        touched.formUnion(removals.released.map(\.booking.family))
        withdrawn += removals.released.count
        held = removals.held
        sources = removals.sources
    }

    /// The touched bookings' reservations in the next generation, by room; and all rooms that they had or have.
    func reservations(_ db: Database) throws -> (fresh: [RoomName: [BookedReservation]], rooms: Set<RoomName>) {
        var fresh: [RoomName: [BookedReservation]] = [:]
        var rooms: Set<RoomName> = []
        for family in touched.sorted() {
            let spans = try StoredBooking.spans(of: family, db)
            for new in try reservations(of: family, spans, db) {
                fresh[new.reservation.id.room, default: []].append(new)
            }
            guard spans.contains(where: { $0.generations.lowerBound < generation }) else { continue }
            rooms.formUnion(try StoredReservation.rooms(of: family, in: generation - 1, db))
        }
        return (fresh, rooms.union(fresh.keys))
    }

    /// What a family's bookings claim in the next generation, each revision of each export considered.
    private func reservations(
        of family: BookingFamily, _ spans: [(row: Int64, generations: Range<Int64>)], _ db: Database
    ) throws -> [BookedReservation] {
        let visible = spans.filter { $0.generations.contains(generation) }
        let known = visible.compactMap { fresher[$0.row] }
        return BookedReservation.current(
            of: known.count == visible.count ? known : try StoredBooking.visible(of: family, in: generation, db))
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
            let after = try reservations(of: id.family, StoredBooking.spans(of: id.family, db), db)
                .map(\.reservation.id.room)
            groups.join(Set(before).union(after).union([id.room]))
        }
    }

    /// Decides anew, inside the last transaction, where conferences have opened or ended since the rooms were read.
    mutating func decideAnewWhereNeeded(_ db: Database) throws {
        let open = try StoredConference.openByRoom(db)
        var changed: Set<RoomName> = []
        for change in rooms {
            let now = change.rooms.reduce(into: Set<Int64>()) { $0.formUnion(open[$1] ?? []) }
            if now != change.open { changed.formUnion(change.rooms) }
        }
        guard !changed.isEmpty else { return }
        var groups = RoomGroups(Set(rooms.flatMap(\.rooms)))
        for change in rooms where change.rooms.count > 1 { groups.join(Set(change.rooms)) }
        try join(&groups, db)
        for group in groups.sorted where !changed.isDisjoint(with: group) {
            try RoomsChange.undo(group, generation: generation, db)
            let again = try change(of: group, db)
            for write in again.writes { try write.execute(since: generation, at: now, db) }
            rooms.removeAll { group.contains($0.rooms[0]) }
            rooms.append(again)
        }
    }

    /// The exports of which this generation sees other reservations than the one before.
    func exportsDecidedOtherwise(_ db: Database) throws -> Set<ExportName> {
        let touched = rooms.flatMap { $0.added.map(\.reservation.booking) + $0.gone.map(\.booking) }
        return try StoredExport.names(ofBookings: Set(touched), db)
    }

    /// The exports' own rows, and what is held of them.
    func switchExports(_ db: Database) throws {
        for change in changes {
            try switchExport(change, db)
            try StoredExport.noteChange(change.row, in: generation, db)
        }
        for row in try HeldRow.replace(ofSources: sources.map(\.source), with: held, at: now, db) {
            try StoredExport.noteChange(row, in: generation, db)
        }
        for source in sources { try RecentLosses.note(source, at: now, db) }
        try StoredExport.removeReleased(db)
    }

    /// The row of a removed export goes when nothing hangs on it any more.
    private func switchExport(_ change: Change, _ db: Database) throws {
        switch change.change.kind {
        // What was told of a content before stays told while the next one cannot be used.
        case .unusable: break
        case .content, .removed:
            try StoredRejection.replace(
                of: change.row, source: change.change.export.source, with: change.change.rejectedRequests,
                since: generation, at: now, db)
        }
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
