import GRDB
import Synchronization

extension ReservationStore {
    /// Looks through the whole file for damage, beside everything else that goes on. From a finding on, nothing is
    /// answered any more: what a damaged file says of a room may be wrong.
    ///
    /// - Returns: SQLite's findings; empty when all is well.
    package func check() async throws -> [String] {
        let findings: [String]
        do {
            findings = try await database.read { try String.fetchAll($0, sql: "PRAGMA quick_check(10)") }
        } catch let error as DatabaseError where Self.meansDamage(error.resultCode) {
            findings = ["\(error)"]
        }
        guard findings != ["ok"], let first = findings.first else { return [] }
        damage.withLock { $0 = first }
        return findings
    }

    static func meansDamage(_ code: ResultCode) -> Bool {
        code == .SQLITE_CORRUPT || code == .SQLITE_NOTADB
    }

    /// Whether the disk takes nothing, while what is on it may well be read.
    static func meansUnwritable(_ code: ResultCode) -> Bool {
        code == .SQLITE_FULL || code == .SQLITE_READONLY || code == .SQLITE_IOERR
    }

    /// - Throws: `StoreError.damaged`.
    func refuseIfDamaged() throws(StoreError) {
        if let finding = damage.withLock({ $0 }) { throw .damaged(finding: finding) }
    }

    /// Ends all work and empties the log into the database, so that the next start finds it whole.
    package func close() throws {
        // The readers are closed after the writer, and cannot do this.
        try Self.uninterrupted { try database.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) } }
        try database.close()
    }

    /// A question that was cancelled may interrupt the writer when it is past already, and meet whoever comes next.
    static func uninterrupted(_ work: () throws -> Void) throws {
        for _ in 0..<3 {
            do { return try work() } catch let error as DatabaseError where error.resultCode == .SQLITE_INTERRUPT {}
        }
        try work()
    }
}
