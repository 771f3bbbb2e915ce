package import Foundation
import GRDB
package import Reservations

extension ReservationStore {
    /// One pass: switches bookings, decisions and exports at once; readers see all of it or none.
    ///
    /// Rows of the next generation are written in short transactions that nobody sees, so that Prosody never waits for
    /// long; the last transaction makes them current. It decides a room anew whose conferences have changed meanwhile.
    /// Bookings that waited for a conference that has ended are decided too; all rooms are, if `policy` is a new one.
    /// - Parameters:
    ///   - admission: tells when a reservation could be open that is over and leaves with this pass.
    ///   - isPart: whether more has been there all along that the next pass brings: a new store answers nobody before.
    ///   - progress: called now and then.
    package func apply(
        _ changes: [ExportChange], policy: ConflictPolicy, admission: AdmissionPolicy, at now: Date,
        isPart: Bool = false, progress: (PassProgress) -> Void = { _ in }
    ) async throws -> PassSummary {
        defer { for change in changes { change.spool?.unload() } }
        var pass = try await stage(changes, policy: policy, at: now, progress: progress)
        pass.isPart = isPart
        let finished = try await commit(pass, expiring: ExpiryRun(policy: admission, now: now))
        reportNews.send()
        return finished
    }

    /// Writes all that the next generation changes, where nobody sees it yet.
    func stage(
        _ changes: [ExportChange], policy: ConflictPolicy, at now: Date, progress: (PassProgress) -> Void = { _ in }
    ) async throws -> PassInProgress {
        try await removeUnfinished()
        let generation = try await write { try GenerationRows.begin($0) }
        var pass = PassInProgress(generation: generation, policy: policy, now: now)
        let diffs = try await diffs(of: changes, &pass)
        let removals = try await database.read { try Removals(diffs, generation: generation, at: now, $0) }
        try await stageBookings(diffs, removals, &pass, progress)
        try await stageHoldings(removals, &pass)
        try await stageRooms(&pass, progress)
        return pass
    }

    /// Takes back what a pass has written that never became current, and that nobody writes any more.
    func removeUnfinished() async throws {
        while try await write({ try GenerationRows.removeUnfinished($0, upTo: Self.rowsRemovedAtOnce) }) > 0 {}
    }

    /// So many rows of each kind take about 10 ms to remove.
    static let rowsRemovedAtOnce = 400

    private func diffs(of changes: [ExportChange], _ pass: inout PassInProgress) async throws -> [ExportDiff] {
        let rows = try await inTurns(of: changes.map(\.export), with: { _ in }) { [now = pass.now] _, name, db in
            try StoredExport.row(of: name, db) ?? StoredExport.insertEmpty(name, at: now, db)
        }
        return try await database.read { [pass] db in
            try zip(changes, rows).map { try ExportDiff(of: $0, row: $1, generation: pass.generation, db) }
        }
    }

    private func stageBookings(
        _ diffs: [ExportDiff], _ removals: Removals, _ pass: inout PassInProgress, _ progress: (PassProgress) -> Void
    ) async throws {
        let generation = pass.generation
        for diff in diffs { pass.note(diff, holding: removals.held) }
        pass.note(removals)
        let bookings = pass.takeBookings()
        try await inTurns(of: bookings.gone) { try StoredBooking.hide($0, from: generation, $1) }
        try await stage(bookings.added, &pass)
        try await stage(bookings.spools, &pass, progress)
        let (taken, families) = try await database.read { [pass] db in
            var pass = pass
            let families = try pass.takeFamilyRows(db)
            return (pass, families)
        }
        pass = taken
        _ = try await inTurns(of: families, with: FamilyRow.insertion) { insertion, row, _ in
            try row.insert(by: insertion)
        }
        try await inTurns(of: bookings.moved) { try StoredBooking.move($0.row, toLine: $0.line, $1) }
        for (places, imported, export) in bookings.restamped {
            try await inTurns(of: [export]) { try StoredExport.forgetReading($0, $1) }
            try await restamp(places, as: imported)
        }
    }

    /// Seen at once: of an entry that is alone nobody asks for the stamp before the next content of its export.
    private func restamp(
        _ rows: [(row: Int64, place: Int)], as imported: ImportedBookings
    ) async throws {
        for start in stride(from: 0, to: rows.count, by: Self.rowsReadAtOnce) {
            let page = rows[start..<min(start + Self.rowsReadAtOnce, rows.count)]
            let new = try page.map { (row: $0.row, booking: try imported.booking($0.place)) }
            try await inTurns(of: new) { try StoredBooking.restamp($0.row, as: $0.booking, $1) }
        }
    }

    private func stageHoldings(_ removals: Removals, _ pass: inout PassInProgress) async throws {
        let (rows, exports) = try await database.read { db in
            let rows = try HoldingRows(ofSources: removals.sources.map(\.source), to: removals.held, db)
            return (rows, try rows.exports(db))
        }
        let (generation, now) = (pass.generation, pass.now)
        try await inTurns(of: rows.begun) { try HoldingRows.begin($0, in: generation, at: now, $1) }
        try await inTurns(of: rows.ended) { try HoldingRows.end($0, in: generation, $1) }
        pass = try await database.read { [pass] db in
            var noted = pass
            try noted.note(heldOtherwise: exports, db)
            return noted
        }
    }

    private func stage(_ added: [(booking: Booking, export: Int64)], _ pass: inout PassInProgress) async throws {
        let generation = pass.generation
        let rows = try await inTurns(of: added, with: { try BookingWriter(since: generation, $0) }) {
            try $0.insert($1.booking, export: $1.export, $2)
        }
        pass.note(rows)
        pass.note(rows, of: added)
    }

    private func stage(
        _ spools: [PassInProgress.SpooledBookings], _ pass: inout PassInProgress, _ progress: (PassProgress) -> Void
    ) async throws {
        let counts = spools.map { $0.spool.sort(leavingOut: $0.isKnown) }
        let all = counts.reduce(pass.inserted, +)
        for (number, (spooled, count)) in zip(spools, counts).enumerated() {
            for start in stride(from: 0, to: count, by: Self.rowsReadAtOnce) {
                let page = start..<min(start + Self.rowsReadAtOnce, count)
                try await stage(page, of: spooled, &pass)
                progress(.stored(bookings: pass.inserted, of: all))
            }
            // Decisions ask for them again. Of several, one is in memory: mostly it is the only one.
            if number + 1 < spools.count { spooled.spool.unload() }
        }
    }

    private func stage(
        _ page: Range<Int>, of spooled: PassInProgress.SpooledBookings, _ pass: inout PassInProgress
    ) async throws {
        let (generation, spool, export) = (pass.generation, spooled.spool, spooled.export)
        let rows = try await inTurns(
            of: spool.records(inOrder: page), with: { try BookingWriter(since: generation, $0) }
        ) {
            try $0.insert($1, export: export, $2)
        }
        pass.note(rows)
        pass.note(rows, of: spool, inOrder: page.lowerBound, export: export)
    }

    private func stageRooms(_ pass: inout PassInProgress, _ progress: (PassProgress) -> Void) async throws {
        let (found, groups) = try await database.read { [pass] db in
            var pass = pass
            let touchedRooms = try pass.findRooms(WaitingRows.ready(db), db)
            let isSamePolicy = try GenerationRows.isDecided(by: pass.policy, db)
            let others = isSamePolicy ? [] : try Schedules(in: pass.generation - 1).rooms(db)
            var groups = RoomGroups(touchedRooms.union(others))
            try pass.join(&groups, db)
            return (pass, groups.sorted)
        }
        pass = found
        var decided: [DecidedRooms] = []
        decided.reserveCapacity(groups.count)
        // Who attends is nothing to decide by.
        var (decoder, sharing) = (BookingDecoder(leavingOutAttendees: true), ProcessorSharing?.some(ProcessorSharing()))
        let generation = pass.generation
        while decided.count < groups.count {
            let (rooms, writes) = try await decide(groups[decided.count...], in: pass, by: &decoder, &sharing)
            decided += rooms
            progress(.decided(rooms: decided.count, of: groups.count))
            try await inTurns(of: writes, weight: \.weight) { try $0.execute(in: generation, $1) }
        }
        pass.rooms = decided
    }

    /// The first of `groups`: so many at once that neither the way to a reader and back nor what they hold counts.
    private func decide(
        _ groups: ArraySlice<[RoomName]>, in pass: PassInProgress, by decoder: inout BookingDecoder,
        _ sharing: inout ProcessorSharing?
    ) async throws -> ([DecidedRooms], [ScheduleWrite]) {
        try Task.checkCancellation()
        let (decided, writes, used, shared) = try await database.read { [decoder, sharing] db in
            let opened = Set(try StoredConference.openByRoom(db).keys)
            var (decoder, sharing) = (decoder, sharing)
            var decided: [DecidedRooms] = []
            var writes: [ScheduleWrite] = []
            var bytes = 0
            for group in groups.prefix(Self.groupsDecidedAtOnce) {
                guard bytes < Self.bytesWrittenAtOnce else { break }
                let change = try pass.change(of: group, opened: opened, by: &decoder, sharing: &sharing, db)
                decided.append(try DecidedRooms(change, at: pass.now, db))
                writes += change.writes
                bytes += change.writes.reduce(0) { $0 + $1.schedule.bytes.count }
            }
            return (decided, writes, decoder, sharing)
        }
        (decoder, sharing) = (used, shared)
        return (decided, writes)
    }

    private static let groupsDecidedAtOnce = 256

    /// Held in memory before they are written; a room's are held at once, however many they are.
    private static let bytesWrittenAtOnce = 1 << 20

    /// Bookings that are held in memory before they are written.
    private static let rowsReadAtOnce = 4_000

    func commit(_ pass: PassInProgress, expiring run: ExpiryRun) async throws -> PassSummary {
        let decided = try await write { db in
            var pass = pass
            try pass.decideAnewWhereNeeded(db)
            for succession in pass.rooms.flatMap(\.successions) {
                try StoredConference.pass(succession, db)
            }
            try run.writeLeaving(pass.rooms.flatMap(\.leaving), db)
            try run.writeShortened(pass.rooms.flatMap(\.early), db)
            try WaitingRows.replace(of: pass.touched, with: pass.rooms.flatMap(\.waiting), db)
            try pass.switchExports(db)
            try GenerationRows.makeCurrent(pass.generation, by: pass.policy, at: pass.now, isPart: pass.isPart, db)
            return pass
        }
        var summary = decided.summary
        // Beside the writer: nobody else makes a generation current.
        summary.exports.formUnion(try await database.read { try decided.exportsDecidedOtherwise($0) })
        return summary
    }
}
