import Reservations

/// The bookings that the content of an export has now, in its order.
enum ImportedBookings {
    case listed([Booking])
    /// Of a large export: one at a time is in memory.
    case spooled(BookingSpool)

    func forEach(_ body: (Booking) throws -> Void) throws {
        switch self {
        case .listed(let bookings): try bookings.forEach(body)
        case .spooled(let spool): try spool.forEach(body)
        }
    }

    /// - Parameter index: from 0.
    func booking(_ index: Int) throws -> Booking {
        switch self {
        case .listed(let bookings): bookings[index]
        case .spooled(let spool): try spool.booking(index)
        }
    }
}
