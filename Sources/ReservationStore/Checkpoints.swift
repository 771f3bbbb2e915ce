import GRDB
import Synchronization

/// Moves what a pass has written from the log into the database, on a connection of its own: who opens a room need not
/// wait until it is on the disk.
///
/// A log is begun anew only when all of it was moved and nothing was written meanwhile, which beside many requests may
/// not happen for long: when it has `pagesAtMost`, whoever writes moves what is left.
final class Checkpoints: Sendable {
    static let pagesAtMost = 16_000

    /// They write about a thousand pages.
    static let transactions = 16

    private let database: DatabaseQueue
    private let noted = Atomic(0)

    init(_ database: DatabaseQueue) { self.database = database }

    /// How many transactions were noted.
    var count: Int { noted.load(ordering: .relaxed) }

    /// Notes a transaction of a pass; after some of them, moves what they wrote.
    func noteTransaction() async throws {
        guard noted.add(1, ordering: .relaxed).newValue.isMultiple(of: Self.transactions) else { return }
        try await database.writeWithoutTransaction(Self.move)
    }

    func move() throws { try database.writeWithoutTransaction(Self.move) }

    private static func move(_ db: Database) throws {
        do {
            _ = try db.checkpoint(.passive)
        } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
            // Somebody else is at it.
        }
    }
}
