import GRDB
import Reservations

extension StoredBooking {
    /// Removes up to `count` that no generation after `reported` sees, and of which no schedule has anything; answers
    /// how many there were. A reservation whose conference is open keeps the revision that it was opened with.
    static func removeReplaced(upTo reported: Int64, count: Int, _ db: Database) throws -> Int {
        var bookings = ScheduledBookings()
        var removed = 0
        var last: Span?
        while removed < count {
            let found = try replaced(upTo: reported, after: last, count: count - removed, db)
            guard !found.isEmpty else { break }
            last = found.last
            let deletion = try db.cachedStatement(sql: "DELETE FROM booking WHERE id = ?")
            for booking in found where try !bookings.contains(booking, db) {
                try BoundStatement(deletion).execute(booking.row)
                removed += 1
            }
        }
        return removed
    }

    /// In the order of the partial index, whose condition is the second one.
    private static func replaced(
        upTo reported: Int64, after previous: Span?, count: Int, _ db: Database
    ) throws -> [Span] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT id, since, until, rooms FROM booking
                WHERE until <= ? AND until < \(Schema.forever) AND (until, id) > (?, ?) ORDER BY until, id LIMIT ?
                """)
        let (until, row) = (previous?.generations.upperBound ?? 0, previous?.row ?? 0)
        return try Row.fetchAll(statement, arguments: [reported, until, row, count]).map(Span.init)
    }
}

/// Of which bookings the schedules have something, whatever generation sees them.
private struct ScheduledBookings {
    private var lists = RoomLists()
    private var known: [RoomName: Set<Int64>] = [:]

    /// Bookings come mostly room by room.
    private static let limit = 32

    mutating func contains(_ booking: StoredBooking.Span, _ db: Database) throws -> Bool {
        try lists.rooms(booking.rooms).contains { try bookings(in: $0.name, db).contains(booking.row) }
    }

    private mutating func bookings(in room: RoomName, _ db: Database) throws -> Set<Int64> {
        if let found = known[room] { return found }
        if known.count >= Self.limit { known.removeAll(keepingCapacity: true) }
        let statement = try db.cachedStatement(
            sql: "SELECT reservations FROM schedule WHERE roomId = (SELECT id FROM room WHERE name = ?)")
        var found: Set<Int64> = []
        let rows = try Row.fetchCursor(statement, arguments: [room.text])
        while let row = try rows.next() {
            let schedule = try RoomSchedule(stored: row[0])
            found.formUnion(schedule.indices.map(schedule.booking))
        }
        known[room] = found
        return found
    }
}
