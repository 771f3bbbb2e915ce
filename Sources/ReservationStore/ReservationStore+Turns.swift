import GRDB

extension ReservationStore {
    /// Reads what somebody waits for, on the thread that asks: beside a pass, which wants a processor for itself, each
    /// change of threads may take longer than the answer.
    func readAtOnce<Result>(_ body: (Database) throws -> Result) throws -> Result { try database.read(body) }

    /// Writes what somebody waits for: a pass lets it go first.
    func writeAtOnce<Result: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Result
    ) async throws -> Result {
        try await waitingRequests.wait { try await database.write(body) }
    }

    /// Writes `items` one by one, in as many transactions as it takes to keep nobody waiting.
    /// - Parameters:
    ///   - writer: what `write` has within a transaction.
    ///   - weight: as long as so many rows an item takes.
    func inTurns<Item: Sendable, Writer, Result: Sendable>(
        of items: [Item], with writer: @autoclosure @escaping @Sendable () -> Writer,
        weight: @escaping @Sendable (Item) -> Int = { _ in 1 },
        _ write: @escaping @Sendable (inout Writer, Item, Database) throws -> Result
    ) async throws -> [Result] {
        var results: [Result] = []
        results.reserveCapacity(items.count)
        while results.count < items.count {
            results += try await inTransaction { [waitingRequests, rest = items[results.count...]] db in
                var (writer, turn, sharing) = (writer(), WriterTurn(from: .now), ProcessorSharing())
                var written: [Result] = []
                for item in rest {
                    written.append(try write(&writer, item, db))
                    let (weight, isAwaited) = (weight(item), waitingRequests.areThere)
                    sharing.step(weight)
                    if turn.isOver(after: weight, isAwaited: isAwaited, at: .now) { break }
                }
                return written
            }
        }
        return results
    }

    func inTurns<Item: Sendable>(
        of items: [Item], weight: @escaping @Sendable (Item) -> Int = { _ in 1 },
        _ write: @escaping @Sendable (Item, Database) throws -> Void
    ) async throws {
        _ = try await inTurns(of: items, with: (), weight: weight) { _, item, db in try write(item, db) }
    }

    /// In a task of its own, which nobody cancels: GRDB lets no statement of a cancelled access run, and the one after
    /// which commits wait for the disk again must not depend on SQLite's carrying it out while it is prepared.
    private func inTransaction<Result: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Result
    ) async throws -> Result {
        try Task.checkCancellation()
        return try await Task { [database] in
            try await database.writeWithoutTransaction { db in
                try db.withoutWaitingForDisk { try db.transaction(body) }
            }
        }.value
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
