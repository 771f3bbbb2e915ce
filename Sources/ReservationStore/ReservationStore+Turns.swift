import GRDB
import Synchronization

extension ReservationStore {
    /// Reads what somebody waits for, on the thread that asks: beside a pass, which wants a processor for itself, each
    /// change of threads may take longer than the answer.
    func readAtOnce<Result>(_ body: (Database) throws -> Result) throws -> Result { try database.read(body) }

    /// Writes what somebody waits for: a pass lets it go first.
    func writeAtOnce<Result: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Result
    ) async throws -> Result {
        try await waitingRequests.wait { try await write(body) }
    }

    /// Writes in one transaction.
    func write<Result: Sendable>(_ body: @escaping @Sendable (Database) throws -> Result) async throws -> Result {
        try await countingRefusals { try await database.write(body) }
    }

    /// Counts what the disk does not take.
    private func countingRefusals<Result: Sendable>(_ write: () async throws -> Result) async throws -> Result {
        do {
            return try await write()
        } catch let error as DatabaseError where Self.meansUnwritable(error.resultCode) {
            refusedWrites.add(1, ordering: .relaxed)
            throw error
        }
    }

    /// Writes `items` one by one, in as many transactions as it takes to keep nobody waiting.
    /// - Parameters:
    ///   - writer: what `write` has within a transaction.
    ///   - weight: as long as so many rows an item takes.
    func inTurns<Item: Sendable, Writer, Result: Sendable>(
        of items: [Item], with writer: @escaping @Sendable (Database) throws -> Writer,
        weight: @escaping @Sendable (Item) -> Int = { _ in 1 },
        _ write: @escaping @Sendable (inout Writer, Item, Database) throws -> Result
    ) async throws -> [Result] {
        var results: [Result] = []
        results.reserveCapacity(items.count)
        var (sharing, turns) = (ProcessorSharing(), 0)
        while results.count < items.count {
            let (written, shared) = try await inTransaction {
                [waitingRequests, rest = items[results.count...], sharing] db in
                var (writer, turn, sharing) = (try writer(db), WriterTurn(from: .now), sharing)
                var written: [Result] = []
                for item in rest {
                    written.append(try write(&writer, item, db))
                    let (weight, isAwaited) = (weight(item), waitingRequests.areThere)
                    if turn.isOver(after: weight, isAwaited: isAwaited, at: .now) { break }
                    // Whoever waits for the writer would only wait longer.
                    if !isAwaited { sharing.step(weight) }
                }
                return (written, sharing)
            }
            results += written
            sharing = shared
            turns += 1
            if turns.isMultiple(of: Self.turnsBeforeLogIsMoved) { try await moveLog() }
        }
        return results
    }

    /// Some 500 KiB: the more there is, the longer a request may have to wait for it.
    private static let turnsBeforeLogIsMoved = 2

    /// Moves the log into the database, with nothing else: with a commit, whoever came during its transaction would
    /// wait for both.
    private func moveLog() async throws {
        try await countingRefusals {
            try await database.writeWithoutTransaction { db in
                do {
                    try db.checkpoint(.passive)
                } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
                    // Somebody else is just doing it.
                }
            }
        }
    }

    func inTurns<Item: Sendable>(
        of items: [Item], weight: @escaping @Sendable (Item) -> Int = { _ in 1 },
        _ write: @escaping @Sendable (Item, Database) throws -> Void
    ) async throws {
        _ = try await inTurns(of: items, with: { _ in }, weight: weight) { _, item, db in try write(item, db) }
    }

    /// In a task of its own, which nobody cancels: GRDB lets no statement of a cancelled access run, and the one after
    /// which commits wait for the disk again must not depend on SQLite's carrying it out while it is prepared.
    private func inTransaction<Result: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Result
    ) async throws -> Result {
        try Task.checkCancellation()
        return try await countingRefusals {
            try await Task { [database] in
                try await database.writeWithoutTransaction { db in
                    try db.withoutWaitingForDisk { try db.transaction(body) }
                }
            }.value
        }
    }
}

extension Database {
    fileprivate func transaction<Result>(_ body: (Database) throws -> Result) throws -> Result {
        var result: Result?
        try inTransaction {
            result = try body(self)
            return .commit
        }
        guard let result else { throw DatabaseError(message: "a transaction ended without a result") }
        return result
    }

    /// Lets transactions in `body` return before they are on the disk: for what nobody sees before another one, which
    /// waits as all do. Until it is there the log has all of both or ends before it.
    fileprivate func withoutWaitingForDisk<Result>(_ body: () throws -> Result) throws -> Result {
        try execute(sql: "PRAGMA synchronous = NORMAL")
        let result = Swift.Result { try body() }
        try ReservationStore.uninterrupted { try execute(sql: "PRAGMA synchronous = FULL") }
        return try result.get()
    }
}
