import Foundation
import GRDB
import GRDBSQLite

extension Database {
    /// Adds `granted_overlap(reservations)`, by which the database itself refuses a schedule that gives its room to
    /// two.
    ///
    /// Not by GRDB, whose functions a trigger may not call where the schema is not trusted.
    func addGrantedOverlap() throws {
        let code = unsafe sqlite3_create_function_v2(
            sqliteConnection, "granted_overlap", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, nil,
            { context, _, values in
                let value = unsafe values?[0]
                let bytes = unsafe sqlite3_value_blob(value).map {
                    unsafe Data(bytes: $0, count: Int(sqlite3_value_bytes(value)))
                }
                do {
                    let hasOverlap = try RoomSchedule(stored: bytes ?? Data()).hasGrantedOverlap
                    unsafe sqlite3_result_int(context, hasOverlap ? 1 : 0)
                } catch {
                    unsafe sqlite3_result_error(context, "the schedule of a room is damaged", -1)
                }
            }, nil, nil, nil)
        guard code == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
    }
}
