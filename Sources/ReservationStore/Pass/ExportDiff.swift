import GRDB
import Reservations

/// What a change of an export does to its bookings.
struct ExportDiff {
    let row: Int64
    /// With what is to be said about it beside what was there before.
    private(set) var change: ExportChange
    /// `nil` where the content cannot be used, and nothing changes.
    var bookings: BookingDiff?

    var added: [Booking] { bookings?.added ?? [] }
    var withdrawn: [StoredBooking] { bookings?.withdrawn ?? [] }

    /// Of a large export that is new, instead of `added`.
    private(set) var spool: BookingSpool?

    /// - Parameter generation: the one that is being written.
    init(of change: ExportChange, row: Int64, generation: Int64, _ db: Database) throws {
        self.row = row
        self.change = change
        let absent: ExportChange.Absence
        switch change.kind {
        case .content(_, let absence), .spooled(_, let absence): absent = absence
        case .removed: absent = .withdrawn
        case .unusable: return
        }
        let stored = try StoredBooking.visible(ofExport: row, before: generation, db)
        let imported: [Booking]
        switch change.kind {
        case .content(let bookings, _): imported = bookings
        case .spooled(let spool, _) where stored.isEmpty:
            self.spool = spool
            imported = []
        case .spooled(let spool, _): imported = try spool.all()
        case .removed, .unusable: imported = []
        }
        var diff = BookingDiff(stored: stored, imported: imported, absent: absent)
        let news = UpdateFindings(diff, by: change, earlier: try StoredExport.earlier(row, db))
        self.change.diagnostics += news.findings
        diff.moveUnread(to: news.linesOfUnread)
        bookings = diff
    }

    /// Everything that is added, in memory.
    func allAdded() throws -> [Booking] { try spool?.all() ?? added }
}
