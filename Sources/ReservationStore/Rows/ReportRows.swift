import Foundation
import GRDB
import Reservations

/// What differs between the generation that the reports tell and the current one. What has come and gone in between is
/// nobody's news.
struct ReportRows {
    let reported: Int64
    let current: Int64

    private var bounds: StatementArguments { [reported, current] }

    /// The bookings of which something is decided otherwise, by room.
    func changedBookings(_ db: Database) throws -> [RoomName: Set<Int64>] {
        var changed: [RoomName: Set<Int64>] = [:]
        for room in try String.fetchAll(db, sql: Self.roomsWithNewSchedules, arguments: bounds).map(RoomName.stored) {
            let difference = try difference(in: room, db)
            let bookings = Set((difference.before + difference.after).map(\.booking))
            if !bookings.isEmpty { changed[room] = bookings }
        }
        return changed
    }

    /// The index of what was replaced is partial: it is used where its own condition is written out.
    static let roomsWithNewSchedules = """
        SELECT name FROM room WHERE id IN (
            SELECT roomId FROM schedule WHERE since > ?1 AND since <= ?2
            UNION SELECT roomId FROM schedule WHERE until > ?1 AND until <= ?2 AND until < \(Schema.forever)
        )
        """

    func allRooms(changed: some Sequence<RoomName>, _ db: Database) throws -> [RoomName] {
        try Set(Schedules(in: current).rooms(db)).union(changed).sorted()
    }

    /// - Parameter bookings: the rows of those of which something is decided otherwise.
    func exports(changed bookings: some Sequence<Int64>, _ db: Database) throws -> [ExportName] {
        // Those too that have an entry of the same UID: it counts less or more than another one now.
        try Self.names(
            """
            export.changedIn > ?1 OR export.id IN (
                SELECT other.export FROM json_each(?3) CROSS JOIN booking ON booking.id = value
                    CROSS JOIN family ON number = booking.family
                    CROSS JOIN booking other ON other.id = family.booking
                        AND other.scope = booking.scope AND other.uid = booking.uid AND other.until > ?2
            )
            """,
            bounds + ["[\(bookings.map { "\($0)" }.joined(separator: ","))]"], db)
    }

    func allExports(_ db: Database) throws -> [ExportName] { try Self.names("TRUE", [], db) }

    func expiries(after row: Int64, _ db: Database) throws -> [ExpiredReservation] {
        try Row.fetchAll(db, sql: "SELECT * FROM expiry WHERE id > ? ORDER BY id", arguments: [row])
            .map(ExpiredReservation.init)
    }

    func room(_ room: RoomName, _ db: Database) throws -> RoomNews {
        let (before, after) = try changedReservations(of: room, db)
        let ids = Set(before.keys).union(after.keys)
        let changes = ids.sorted().map { ReservationChange(before: before[$0], after: after[$0]) }
        let visible = try StoredReservation.ofRoom(room, in: current, db)
        let affected = visible.filter { !ids.isDisjoint(with: $0.decision.blocking) }
        var exports: Set<ExportName> = []
        for booking in Set(affected.map(\.booking)) {
            exports.formUnion(
                try Self.names("export.id = (SELECT export FROM booking WHERE id = ?)", [booking], db))
        }
        return RoomNews(changes: changes, visible: visible, affected: affected, exports: exports)
    }

    private func changedReservations(
        of room: RoomName, _ db: Database
    ) throws -> (before: [ReservationID: StoredReservation], after: [ReservationID: StoredReservation]) {
        var decoder = ReservationDecoder()
        func byID(_ entries: [RoomSchedule.Entry]) throws -> [ReservationID: StoredReservation] {
            let stored = try entries.map { try decoder.reservation($0, in: room, db) }
            return Dictionary(stored.map { ($0.reservation.id, $0) }) { first, _ in first }
        }
        let difference = try difference(in: room, db)
        return (try byID(difference.before), try byID(difference.after))
    }

    /// The entries that only one of both generations sees; of both in their order.
    private func difference(
        in room: RoomName, _ db: Database
    ) throws -> (before: [RoomSchedule.Entry], after: [RoomSchedule.Entry]) {
        let before = try Schedules(in: reported).schedule(of: room, db).entries()
        let after = try Schedules(in: current).schedule(of: room, db).entries()
        let (told, now) = (before.map(\.content), after.map(\.content))
        return (before.leavingOut(Set(now), of: told), after.leavingOut(Set(told), of: now))
    }

    private static func names(_ which: String, _ arguments: StatementArguments, _ db: Database) throws -> [ExportName] {
        let statement = try db.cachedStatement(
            sql: "SELECT source, path FROM export WHERE \(which) ORDER BY source, path")
        return try Row.fetchAll(statement, arguments: arguments)
            .map { ExportName(source: $0["source"], path: $0["path"]) }
    }
}

extension [RoomSchedule.Entry] {
    /// - Parameter contents: of each of them.
    fileprivate func leavingOut(_ other: Set<Element>, of contents: [Element]) -> [Element] {
        zip(self, contents).filter { !other.contains($0.1) }.map(\.0)
    }
}
