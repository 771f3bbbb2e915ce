import Diagnostics
package import Foundation
import GRDB
import Synchronization

/// What an operator's monitoring wants to know of the store, in numbers.
package struct StoreMetrics: Hashable, Sendable {
    /// Of one source.
    package struct Source: Hashable, Sendable {
        /// Withdrawals that wait until somebody has said that they are meant.
        package var held = 0
        /// Exports whose content cannot be used: an older one is in force, or none.
        package var unusable = 0
        /// What is wrong with its directory, by code.
        package var faults: [String: Int] = [:]

        package init(held: Int = 0, unusable: Int = 0, faults: [String: Int] = [:]) {
            (self.held, self.unusable, self.faults) = (held, unusable, faults)
        }
    }

    package var sources: [String: Source] = [:]
    /// `nil` before the first pass.
    package var passedAt: Date?
    package var openConferences = 0
    /// What the disk has not taken since the store was opened.
    package var refusedWrites = 0
    /// Whether a check has found damage; nothing else is known then.
    package var isDamaged = false

    package init() {}
}

extension ReservationStore {
    package func metrics() async throws -> StoreMetrics {
        guard damage.withLock({ $0 == nil }) else {
            var metrics = StoreMetrics()
            metrics.isDamaged = true
            return metrics
        }
        var metrics = try await database.read { try StoreMetrics($0) }
        metrics.refusedWrites = refusedWrites.load(ordering: .relaxed)
        return metrics
    }
}

extension StoreMetrics {
    fileprivate init(_ db: Database) throws {
        passedAt = try Int64.fetchOne(db, sql: "SELECT passedAt FROM generation").map(Date.init(seconds:))
        openConferences =
            try Int.fetchOne(db, sql: "SELECT count(*) FROM conference WHERE endedAt IS NULL") ?? 0
        for watched in try Row.fetchAll(db, sql: "SELECT source, faults FROM watched") {
            let faults = try StoredJSON.decode([Diagnostic].self, watched["faults"])
            sources[watched["source"]] = Source(
                faults: Dictionary(grouping: faults, by: \.code.rawValue).mapValues(\.count))
        }
        for row in try Row.fetchAll(db, sql: "SELECT source, count(*) FROM held GROUP BY source") {
            sources[row[0], default: Source()].held = row[1]
        }
        // One that is just being written has nothing to say yet.
        let unusable = """
            SELECT source, count(*) FROM export
            WHERE inForce = 0 AND removed = 0 AND diagnostics <> '[]' GROUP BY source
            """
        for row in try Row.fetchAll(db, sql: unusable) { sources[row[0], default: Source()].unusable = row[1] }
    }
}
