import CSQLiteSettings
import GRDBSQLite

/// What SQLite is told once for the whole process, before it opens its first database.
enum SQLiteSettings {
    /// Whether SQLite took them. Somebody else may have opened a database before; it works as well then, and slower.
    static let areTaken = sqlitesettings_omit_memory_statistics() == SQLITE_OK
}

extension ReservationStore {
    /// Whether SQLite keeps no statistics of its memory, which every pass would wait for.
    package static var isSQLiteSet: Bool { SQLiteSettings.areTaken }
}
