import GRDB
package import Reservations

/// The bookings of one large export on their way from its reader to a pass: in a file of its own, which nobody else
/// sees and which goes with this.
///
/// They come in the order of the export and leave in that in which rooms are decided, so that neighbours in time
/// become neighbours in the store.
package final class BookingSpool: Sendable {
    private let database: DatabaseQueue

    /// - Parameter pages: so many of 4 KiB it may have; tests let it be full.
    /// - Throws: when the directory for temporary files (`SQLITE_TMPDIR`, `/var/tmp`, …) cannot be written.
    package init(pages: Int = Int(Int32.max)) throws {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        configuration.prepareDatabase { db in
            // Nothing of it is wanted after a crash.
            try db.execute(sql: "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -16384")
        }
        database = try DatabaseQueue(path: "", configuration: configuration)
        try Schema.migrator().migrate(database)
        try database.write { db in
            for index in try db.indexes(on: "booking") { try db.drop(index: index.name) }
            try db.execute(sql: Self.order)
            _ = try Int.fetchOne(db, sql: "PRAGMA max_page_count = \(pages)")
        }
    }

    /// What SQLite says about a failure, without the statement that met it.
    package static func reason(of error: any Error) -> String {
        (error as? DatabaseError)?.message ?? "\(error)"
    }

    private static let order = """
        CREATE TABLE place (
            room     TEXT    NOT NULL,
            startsAt INTEGER NOT NULL,
            booking  INTEGER NOT NULL,
            PRIMARY KEY (room, startsAt, booking)
        ) STRICT, WITHOUT ROWID
        """

    package func append(_ bookings: [Booking]) throws {
        guard !bookings.isEmpty else { return }
        try database.write { db in
            var writer = BookingWriter(since: 0)
            let place = try db.cachedStatement(sql: "INSERT INTO place (room, startsAt, booking) VALUES (?, ?, ?)")
            for booking in bookings {
                let row = try writer.insert(booking, export: 0, db)
                try place.execute(arguments: [
                    booking.rooms.first?.name.text ?? "", booking.occurrences.first?.slot.start.seconds ?? Int64.min,
                    row,
                ])
            }
        }
    }

    package func count() throws -> Int {
        try database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM place") ?? 0 }
    }

    /// All of them, in the order of the export.
    func all() throws -> [Booking] {
        try database.read { db in
            let statement = try db.cachedStatement(sql: "SELECT \(StoredBooking.columns) FROM booking ORDER BY id")
            return try BookingDecoder.fetchAll(statement, []).map(\.booking)
        }
    }

    /// The next `count` after `place`, by first room and first slot.
    func next(_ count: Int, after place: Place?) throws -> (bookings: [Booking], last: Place?) {
        try database.read { db in
            let rows = try Row.fetchAll(
                db.cachedStatement(
                    sql: """
                        SELECT \(StoredBooking.columns), room AS placeRoom, startsAt AS placeStart
                        FROM place JOIN booking ON booking.id = place.booking
                        WHERE (room, startsAt, place.booking) > (?, ?, ?)
                        ORDER BY room, startsAt, place.booking LIMIT ?
                        """),
                arguments: [place?.room ?? "", place?.start ?? Int64.min, place?.row ?? 0, count])
            let last = rows.last.map { Place(room: $0["placeRoom"], start: $0["placeStart"], row: $0["id"]) }
            var decoder = BookingDecoder()
            return (try rows.map { try decoder.booking($0).booking }, last)
        }
    }

    /// Where in the order of the rooms a reading has stopped.
    struct Place: Sendable {
        fileprivate let room: String
        fileprivate let start: Int64
        fileprivate let row: Int64
    }
}

/// A spool is what it is, whatever is in it.
extension BookingSpool: Hashable {
    package static func == (lhs: BookingSpool, rhs: BookingSpool) -> Bool { lhs === rhs }

    package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
