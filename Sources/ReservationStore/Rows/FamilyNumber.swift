import Crypto
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

extension SHA256 {
    fileprivate mutating func update(_ bytes: Span<UInt8>) {
        unsafe bytes.withUnsafeBytes { unsafe update(bufferPointer: $0) }
    }
}
