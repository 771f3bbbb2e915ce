import GRDB
import Reservations

/// What a change of an export does to its bookings.
struct ExportDiff {
    let row: Int64
    let change: ExportChange
    /// `nil` where the content cannot be used, and nothing changes.
    var bookings: BookingDiff?

    var added: [Booking] { bookings?.added ?? [] }
    var withdrawn: [StoredBooking] { bookings?.withdrawn ?? [] }

    /// - Parameter generation: the one that is being written.
    init(of change: ExportChange, row: Int64, generation: Int64, _ db: Database) throws {
        self.row = row
        self.change = change
        let (imported, absent): ([Booking], ExportChange.Absence)
        switch change.kind {
        case .content(let bookings, let absence): (imported, absent) = (bookings, absence)
        case .removed: (imported, absent) = ([], .withdrawn)
        case .unusable: return
        }
        let stored = try StoredBooking.visible(ofExport: row, before: generation, db)
        bookings = BookingDiff(stored: stored, imported: imported, absent: absent)
    }
}
