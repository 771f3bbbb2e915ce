import Foundation
import GRDB
package import Reservations
import Synchronization

/// The bookings of one large export on their way from its reader to a pass: in a file of its own, which nobody else
/// sees and which goes with this.
///
/// They come in the order of the export and leave in that in which rooms are decided, so that neighbours in time
/// become neighbours in the store.
package final class BookingSpool: Sendable {
    /// So much of it at most is in memory, each for itself; what is more lies on the disk.
    package static let cachedBytes: Int64 = 16 << 20

    private let database: DatabaseQueue
    private let blobs = Mutex(BookingBlob())

    /// - Parameter pages: so many of 4 KiB it may have; tests let it be full.
    /// - Throws: when the directory for temporary files (`SQLITE_TMPDIR`, `/var/tmp`, …) cannot be written.
    package init(pages: Int = Int(Int32.max)) throws {
        _ = SQLiteSettings.areTaken
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        configuration.prepareDatabase { db in
            // Nothing of it is wanted after a crash.
            try db.execute(sql: "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
            // In KiB.
            try db.execute(sql: "PRAGMA cache_size = -\(Self.cachedBytes >> 10)")
        }
        database = try DatabaseQueue(path: "", configuration: configuration)
        try database.write { db in
            try db.execute(sql: Self.tables)
            _ = try Int.fetchOne(db, sql: "PRAGMA max_page_count = \(pages)")
        }
    }

    /// What SQLite says about a failure, without the statement that met it.
    package static func reason(of error: any Error) -> String {
        (error as? DatabaseError)?.message ?? "\(error)"
    }

    private static let tables = """
        CREATE TABLE booking (
            id   INTEGER PRIMARY KEY,
            blob BLOB    NOT NULL                            -- BookingBlob
        ) STRICT;
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
            let own = BoundStatement(try db.cachedStatement(sql: "INSERT INTO booking (blob) VALUES (?)"))
            let place = BoundStatement(
                try db.cachedStatement(sql: "INSERT INTO place (room, startsAt, booking) VALUES (?, ?, ?)"))
            for booking in bookings {
                try own.execute(blobs.withLock { try $0.encode(booking) })
                try place.execute(
                    booking.rooms.first?.name.text ?? "", booking.occurrences.first?.slot.start.seconds ?? Int64.min,
                    db.lastInsertedRowID)
            }
        }
    }

    package func count() throws -> Int {
        try database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM place") ?? 0 }
    }

    /// Calls `body` with each of them, in the order of the export.
    func forEach(_ body: (Booking) throws -> Void) throws {
        try database.read { db in
            let rows = try Row.fetchCursor(db.cachedStatement(sql: "SELECT blob FROM booking ORDER BY id"))
            while let row = try rows.next() { try body(try booking(row)) }
        }
    }

    /// - Parameter index: in the order of the export, from 0.
    func booking(_ index: Int) throws -> Booking? {
        try database.read { db in
            let statement = try db.cachedStatement(sql: "SELECT blob FROM booking WHERE id = ?")
            return try statement.first([index + 1]) { try booking($0) }
        }
    }

    /// - Parameter row: has the bytes first.
    private func booking(_ row: Row) throws -> Booking {
        let bytes: Data = row[0]
        return try blobs.withLock { try $0.decode([UInt8](bytes)) }
    }

    /// Of the next `count` after `place`, by first room and first slot, those of which `isKnown` says no.
    ///
    /// - Parameter isKnown: in the order of the export; empty for no to all.
    func next(
        _ count: Int, after place: Place?, leavingOut isKnown: [Bool] = []
    ) throws -> (bookings: [Booking], last: Place?) {
        try database.read { db in
            let rows = try Row.fetchCursor(
                db.cachedStatement(
                    sql: """
                        SELECT blob, room, startsAt, place.booking
                        FROM place JOIN booking ON booking.id = place.booking
                        WHERE (room, startsAt, booking) > (?, ?, ?) ORDER BY room, startsAt, booking LIMIT ?
                        """),
                arguments: [place?.room ?? "", place?.start ?? Int64.min, place?.row ?? 0, count])
            var bookings: [Booking] = []
            var last: Place?
            while let row = try rows.next() {
                let place = Place(row)
                last = place
                guard isKnown.isEmpty || !isKnown[Int(place.row) - 1] else { continue }
                bookings.append(try booking(row))
            }
            return (bookings, last)
        }
    }

    /// Where in the order of the rooms a reading has stopped.
    struct Place: Sendable {
        fileprivate let room: String
        fileprivate let start: Int64
        fileprivate let row: Int64

        /// - Parameter found: a booking with its place after it.
        fileprivate init(_ found: Row) {
            room = found[1]
            start = found[2]
            row = found[3]
        }
    }
}

/// A spool is what it is, whatever is in it.
extension BookingSpool: Hashable {
    package static func == (lhs: BookingSpool, rhs: BookingSpool) -> Bool { lhs === rhs }

    package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
