import Reservations

/// All entries of any exports that are about one UID.
struct BookingFamily: Hashable, Comparable {
    var scope: String
    var uid: String

    func hasBytes(of other: BookingFamily) -> Bool {
        uid.utf8.elementsEqual(other.uid.utf8) && scope.utf8.elementsEqual(other.scope.utf8)
    }

    static func < (lhs: BookingFamily, rhs: BookingFamily) -> Bool { (lhs.scope, lhs.uid) < (rhs.scope, rhs.uid) }
}

extension Booking {
    var family: BookingFamily { BookingFamily(scope: key.scope, uid: key.uid) }
}

extension ReservationID {
    var family: BookingFamily { BookingFamily(scope: scope, uid: uid) }
}

extension ReplyName {
    var family: BookingFamily { BookingFamily(scope: scope, uid: uid) }
}

/// The row of a booking that goes, with what is remembered of its family.
struct GoneBooking: Hashable {
    let row: Int64
    let family: FamilyNumber

    init(_ stored: StoredBooking) {
        row = stored.row
        family = FamilyNumber(stored.booking.family)
    }
}
