import Crypto
import GRDB
import Reservations

/// The number by which the bookings of one UID are found. Families that share one, if there are any, are told apart
/// by their scopes and UIDs: eight bytes of SHA-256, so that nobody chooses UIDs of which many share one.
struct FamilyNumber: Hashable, Comparable {
    let value: Int64

    init(stored value: Int64) { self.value = value }

    init(_ family: BookingFamily) {
        let (scope, uid) = (family.scope.utf8.span, family.uid.utf8.span)
        let separator: InlineArray<1, UInt8> = [0]
        var hash = SHA256()
        hash.update(scope)
        hash.update(separator.span)
        hash.update(uid.extracting(first: uid.countInColumn))
        value = unsafe hash.finalize().withUnsafeBytes { unsafe Int64(bigEndian: $0.loadUnaligned(as: Int64.self)) }
    }

    static func < (lhs: FamilyNumber, rhs: FamilyNumber) -> Bool { lhs.value < rhs.value }
}

/// Which booking belongs to a family, as a row.
struct FamilyRow: Comparable {
    let family: FamilyNumber
    let booking: Int64

    func insert(_ db: Database) throws {
        try BoundStatement(db.cachedStatement(sql: "INSERT INTO family (number, booking) VALUES (?, ?)"))
            .execute(family.value, booking)
    }

    static func < (lhs: FamilyRow, rhs: FamilyRow) -> Bool {
        (lhs.family, lhs.booking) < (rhs.family, rhs.booking)
    }
}

extension BookingFamily {
    /// A condition of SQL that takes `arguments` first, as ?1, ?2 and ?3: whether `booking` belongs to the family.
    static let hasBooking = """
        booking.id IN (SELECT booking FROM family WHERE number = ?1) AND booking.scope = ?2 AND booking.uid = ?3
        """

    var arguments: StatementArguments { [FamilyNumber(self).value, scope, uid] }
}

extension SHA256 {
    fileprivate mutating func update(_ bytes: Span<UInt8>) {
        unsafe bytes.withUnsafeBytes { unsafe update(bufferPointer: $0) }
    }
}
