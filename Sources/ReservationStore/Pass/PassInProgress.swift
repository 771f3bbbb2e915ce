import Foundation
import GRDB
import Reservations

/// How far a pass has come.
package enum PassProgress: Hashable, Sendable {
    case stored(bookings: Int, of: Int)
    case decided(rooms: Int, of: Int)
}

/// What one pass has found out and written so far.
struct PassInProgress {
    let generation: Int64
    let policy: ConflictPolicy
    let now: Date
    /// Whether the next pass brings more that belongs to it.
    var isPart = false
    var changes: [Change] = []
    private(set) var touched: TouchedFamilies
    private var fresh = FreshBookings()
    var rooms: [DecidedRooms] = []
    private(set) var inserted = 0
    private var withdrawn = 0
    /// The rows of exports that do not change, and of which this pass holds more or less.
    private var heldOtherwise: [Int64] = []
    /// Those of them that are missing, and of which nothing is held any more.
    private var released: [Int64] = []
    private var sources: [SourceRemovals] = []
    private var bookings = Bookings()
    private var insertedBookings = InsertedBookings()
    private var familyRows: [FamilyRow] = []

    /// What is to be done to the rows of bookings.
    struct Bookings {
        var gone: [Int64] = []
        var added: [(booking: Booking, export: Int64)] = []
        var spools: [SpooledBookings] = []
        var moved: [(row: Int64, line: Int)] = []
        var restamped: [(places: [(row: Int64, place: Int)], in: ImportedBookings, export: Int64)] = []
    }

    struct SpooledBookings {
        let spool: BookingSpool
        /// Which of them are known already, in the order of the export; empty for none.
        let isKnown: [Bool]
        let export: Int64
    }

    struct Change {
        let row: Int64
        let change: ExportChange
        let rejections: RejectionChange?
        /// Whether something stays that the change would withdraw.
        let isHeld: Bool
    }

    init(generation: Int64, policy: ConflictPolicy, now: Date) {
        self.generation = generation
        self.policy = policy
        self.now = now
        touched = TouchedFamilies(generation: generation)
    }

    /// - Parameter held: rows that stay although the diff withdraws them.
    mutating func note(_ diff: ExportDiff, holding held: Set<Int64>) {
        let isHeld = !held.isEmpty && diff.withdrawn.contains { held.contains($0.row) }
        changes.append(Change(row: diff.row, change: diff.change, rejections: diff.rejections, isHeld: isHeld))
        guard let imported = diff.imported, var own = diff.bookings else { return }
        if isHeld { own.keep(held) }
        for old in own.gone { touched.note(hidden: old.family) }
        bookings.gone += own.gone.map(\.row)
        switch imported {
        case .spooled(let spool):
            bookings.spools.append(SpooledBookings(spool: spool, isKnown: own.isKnown, export: diff.row))
        case .listed(let all):
            let added = own.isKnown.isEmpty ? all : zip(all, own.isKnown).filter { !$0.1 }.map(\.0)
            bookings.added += added.map { ($0, diff.row) }
        }
        bookings.moved += own.moved
        if !own.restamped.isEmpty { bookings.restamped.append((own.restamped, imported, diff.row)) }
        withdrawn += own.gone.count
    }

    /// What the diffs ask for; in the order in which rooms are decided, so that neighbours in time are neighbours in
    /// the index by which reservations find their bookings: there are more of them than of UIDs.
    mutating func takeBookings() -> Bookings {
        defer { bookings = Bookings() }
        var taken = bookings
        // Numbers are moved about instead of bookings, of which each has some 30 parts.
        let order = taken.added.indices.sorted { taken.added[$0].booking.isDecidedBefore(taken.added[$1].booking) }
        taken.added = order.map { taken.added[$0] }
        return taken
    }

    mutating func note(_ added: [AddedBooking]) {
        inserted += added.count
        for new in added {
            familyRows.append(new.row)
            fresh.note(new.row.booking, rooms: new.rooms)
        }
    }

    /// Remembers what has just been inserted.
    mutating func note(_ added: [AddedBooking], of bookings: some Sequence<(booking: Booking, export: Int64)>) {
        for (new, of) in zip(added, bookings) {
            insertedBookings.note(StoredBooking(row: new.row.booking, export: of.export, booking: of.booking))
        }
    }

    /// - Parameter first: the place of the first in the order of `spool`.
    mutating func note(_ added: [AddedBooking], of spool: BookingSpool, inOrder first: Int, export: Int64) {
        insertedBookings.note(added.lazy.map(\.row.booking), of: spool, inOrder: first, export: export)
    }

    /// What is to be inserted about the inserted bookings, in the order of its table.
    mutating func takeFamilyRows(_ db: Database) throws -> [FamilyRow] {
        defer { familyRows = [] }
        familyRows.sort()
        touched.note(added: familyRows, known: try FamilyRow.known(among: familyRows.map(\.family), db))
        return familyRows
    }

    mutating func note(_ removals: Removals) {
        bookings.gone += removals.released.map(\.row)
        for booking in removals.released { touched.note(hidden: booking.family) }
        withdrawn += removals.released.count
        sources = removals.sources
    }

    /// Notes the exports of which more or less is held, once that is written.
    mutating func note(heldOtherwise exports: Set<Int64>, _ db: Database) throws {
        for row in exports.subtracting(changes.map(\.row)) {
            if try StoredExport.isReleased(row, in: generation, db) {
                released.append(row)
            } else {
                heldOtherwise.append(row)
            }
        }
    }

    /// Finds out in which rooms the touched families are or were; what `waited` is decided with them.
    mutating func findRooms(_ waited: Set<BookingFamily>, _ db: Database) throws -> Set<RoomName> {
        touched.note(waited: waited)
        try touched.forEachOther(db) { try fresh.note($1, in: generation) }
        return fresh.rooms
    }

    /// - Parameters:
    ///   - opened: the rooms, among others, that have open conferences.
    ///   - sharing: `nil` for who must not wait for others.
    func change(
        of rooms: [RoomName], opened: Set<RoomName>, by decoder: inout BookingDecoder,
        sharing: inout ProcessorSharing?, _ db: Database
    ) throws -> RoomsChange {
        let reservations = try reservations(in: rooms, by: &decoder, &sharing, db)
        return try RoomsChange(
            rooms, fresh: reservations, touched: touched, opened: opened, before: generation - 1, policy: policy,
            at: now, &sharing, db)
    }

    /// What the touched bookings claim in `rooms`, a few.
    private func reservations(
        in rooms: [RoomName], by decoder: inout BookingDecoder, _ sharing: inout ProcessorSharing?, _ db: Database
    ) throws -> [BookedReservation] {
        let families = fresh.families(in: rooms)
        var found: [BookedReservation] = []
        try insertedBookings.forEach(in: families.alone, by: &decoder, db) { stored in
            sharing?.step()
            BookedReservation.forEach(of: stored, in: rooms) { found.append($0) }
        }
        for family in families.several {
            sharing?.step()
            var stored: [StoredBooking] = []
            try insertedBookings.forEach(in: family, by: &decoder, db) { stored.append($0) }
            found += BookedReservation.current(of: stored).lazy.filter { rooms.contains($0.reservation.id.room) }
        }
        return found
    }

    /// Lets the rooms of each touched booking whose conference is open be decided together.
    func join(_ groups: inout RoomGroups, _ db: Database) throws {
        for id in try StoredConference.openReservations(db) where try touched.contains(id.family, db) {
            var own = FreshBookings()
            try own.note(StoredBooking.spans(of: id.family, db), in: generation)
            groups.join(own.rooms.union([id.room]))
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
        var (decoder, sharing) = (BookingDecoder(), ProcessorSharing?.none)
        for group in groups.sorted where !changed.isDisjoint(with: group) {
            try ScheduleWrite.undo(group, generation: generation, db)
            let again = try change(of: group, opened: Set(open.keys), by: &decoder, sharing: &sharing, db)
            for write in again.writes { try write.execute(in: generation, db) }
            rooms.removeAll { group.contains($0.rooms[0]) }
            rooms.append(try DecidedRooms(again, at: now, db))
        }
    }

    /// The exports of which this generation sees other reservations than the one before.
    func exportsDecidedOtherwise(_ db: Database) throws -> Set<ExportName> {
        try StoredExport.names(ofRows: rooms.reduce(into: []) { $0.formUnion($1.exports) }, db)
    }

    /// The exports' own rows, and what is held of them.
    func switchExports(_ db: Database) throws {
        for change in changes {
            try change.rejections?.write(since: generation, at: now, db)
            try switchExport(change, db)
        }
        for row in heldOtherwise { try StoredExport.noteHolding(row, in: generation, db) }
        for row in released { try StoredExport.markRemoved(row, in: generation, db) }
        for source in sources { try RecentLosses.note(source, at: now, db) }
    }

    /// The row of a removed export goes when nothing hangs on it any more.
    private func switchExport(_ change: Change, _ db: Database) throws {
        let row = change.row
        switch change.change.kind {
        case .content, .spooled:
            try StoredExport.update(row, with: change.change, inForce: true, in: generation, at: now, db)
        case .unusable: try StoredExport.update(row, with: change.change, inForce: false, in: generation, at: now, db)
        case .removed where change.isHeld: try StoredExport.markMissing(row, in: generation, db)
        case .removed: try StoredExport.markRemoved(row, in: generation, db)
        }
    }

    var summary: PassSummary {
        var summary = PassSummary(generation: generation, inserted: inserted, withdrawn: withdrawn)
        summary.exports = Set(changes.map(\.change.export))
        for source in sources { summary.held[source.source] = .some(HeldSource(source)) }
        summary.granted = count(.granted)
        summary.declined = count(.declined)
        summary.duplicates = count(.duplicate)
        return summary
    }

    private func count(_ verdict: Verdict) -> Int { rooms.reduce(0) { $0 + ($1.verdicts[verdict] ?? 0) } }
}
