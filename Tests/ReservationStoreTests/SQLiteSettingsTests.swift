import GRDBSQLite
import Testing

@testable import ReservationStore

@Suite("SQLite's settings")
struct SQLiteSettingsTests {
    /// Another test may have opened a database that is no store before them all.
    @Test("SQLite counts no memory", .enabled(if: SQLiteSettings.areTaken))
    func memory() async throws {
        let store = try ReservationStore.inMemory()
        _ = try await store.apply()
        #expect(sqlite3_memory_used() == 0)
    }
}
