import GRDB
import Reservations

/// What a change of an export does to its bookings.
struct ExportDiff {
    let row: Int64
    /// With what is to be said about it beside what was there before.
    private(set) var change: ExportChange
    /// What the content has now; `nil` where it cannot be used, and nothing changes.
    let imported: ImportedBookings?
    private(set) var bookings: BookingDiff?
    /// `nil` where the content has the same as before; what was told of it stays told while the next cannot be used.
    private(set) var rejections: RejectionChange?

    var withdrawn: [GoneBooking] { bookings?.withdrawn ?? [] }

    /// - Parameter generation: the one that is being written.
    init(of change: ExportChange, row: Int64, generation: Int64, _ db: Database) throws {
        self.row = row
        self.change = change
        let absent: ExportChange.Absence
        switch change.kind {
        case .content(let bookings, let absence): (imported, absent) = (.listed(bookings), absence)
        case .spooled(let spool, let absence): (imported, absent) = (.spooled(spool), absence)
        case .removed: (imported, absent) = (.listed([]), .withdrawn)
        case .unusable:
            imported = nil
            return
        }
        guard let imported else { return }
        rejections = try RejectionChange(of: change.export, row: row, to: change.rejectedRequests, db)
        var diff = try BookingDiff(of: row, by: imported, absent: absent, generation: generation, db)
        let news = try UpdateFindings(diff, to: imported, by: change, earlier: StoredExport.earlier(row, db), db)
        self.change.diagnostics += news.findings
        diff.moveUnread(to: news.linesOfUnread)
        bookings = diff
    }

    /// Everything that is added, one at a time.
    func forEachAdded(_ body: (Booking) throws -> Void) throws {
        guard let imported, let bookings else { return }
        var known = bookings.isKnown.makeIterator()
        try imported.forEach { if known.next() != true { try body($0) } }
    }
}
