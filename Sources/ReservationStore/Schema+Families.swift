import GRDB
import Reservations

/// Bookings found by their UID in a table of its own instead of an index: a pass writes bookings in the order of rooms
/// and time, and an index in another order in as many places as there are rows, a page each. What belongs to the table
/// is written when all of them are there, in its own order.
extension Schema {
    static func makeFamilies(_ db: Database) throws {
        try db.execute(sql: families)
        let rows = try Row.fetchCursor(db, sql: "SELECT id, scope, uid FROM booking")
        let number = try db.makeStatement(sql: "UPDATE booking SET family = ? WHERE id = ?")
        while let row = try rows.next() {
            let family = FamilyNumber(BookingFamily(scope: row[1], uid: row[2]))
            try number.execute(arguments: [family.value, row[0] as Int64])
        }
        try db.execute(sql: "INSERT INTO family SELECT family, id FROM booking ORDER BY family, id")
    }

    private static let families = """
        DROP INDEX booking_of_uid;
        ALTER TABLE booking ADD COLUMN family INTEGER NOT NULL DEFAULT 0; -- FamilyNumber
        CREATE TABLE family (                                -- the rows of bookings with each number
            number  INTEGER NOT NULL,
            booking INTEGER NOT NULL,
            PRIMARY KEY (number, booking)
        ) STRICT, WITHOUT ROWID;
        CREATE TRIGGER bookings_leave_their_family AFTER DELETE ON booking
        BEGIN
            DELETE FROM family WHERE number = OLD.family AND booking = OLD.id;
        END;
        """
}
