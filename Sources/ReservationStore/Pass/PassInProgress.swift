import Foundation
import GRDB
import Reservations

/// What one pass has found out and written so far.
struct PassInProgress {
    let generation: Int64
    let policy: ConflictPolicy
    let now: Date
    var changes: [(row: Int64, change: ExportChange)] = []
    var touched: Set<BookingFamily> = []
    var fresh: [RoomName: [BookedReservation]] = [:]
    var rooms: [RoomName: RoomChange] = [:]
    private var inserted = 0
    private var withdrawn = 0

    init(generation: Int64, policy: ConflictPolicy, now: Date) {
        self.generation = generation
        self.policy = policy
        self.now = now
    }

    mutating func note(_ diff: BookingDiff) {
        touched.formUnion(diff.added.map(\.family))
        touched.formUnion(diff.gone.map(\.booking.family))
        inserted += diff.added.count
        withdrawn += diff.gone.count
    }

    func change(of room: RoomName, _ db: Database) throws -> RoomChange {
        try RoomChange(
            room, fresh: fresh[room] ?? [], touched: touched, before: generation - 1, policy: policy, at: now, db
        )
    }

    /// The export's own row; that of a removed one goes when nothing hangs on it any more.
    func switchExport(_ row: Int64, _ change: ExportChange, _ db: Database) throws {
        switch change.kind {
        case .content: try StoredExport.update(row, with: change, inForce: true, at: now, db)
        case .unusable: try StoredExport.update(row, with: change, inForce: false, at: now, db)
        case .removed: try StoredExport.markRemoved(row, db)
        }
    }

    var summary: PassSummary {
        var summary = PassSummary(generation: generation, inserted: inserted, withdrawn: withdrawn)
        summary.exports = Set(changes.map(\.change.export))
        for (_, decision) in rooms.values.flatMap(\.added) {
            switch decision.verdict {
            case .granted: summary.granted += 1
            case .declined: summary.declined += 1
            case .duplicate: summary.duplicates += 1
            }
        }
        return summary
    }
}
