import GRDB
import GRDBSQLite

/// A statement whose values go to SQLite one by one, without the lists of boxed values that arguments are.
///
/// For the rows of which a pass writes hundreds of thousands: there it is felt what the lists cost.
@safe struct BoundStatement {
    private let statement: Statement

    /// - Parameter statement: that changes rows and answers none.
    init(_ statement: Statement) { self.statement = statement }

    /// Executes it once, with `values` and then `rest` in the order of its question marks.
    /// - Throws: `DatabaseError`, which has to leave the transaction: GRDB does not know of it.
    func execute<each Value: BoundValue>(_ values: repeat each Value, then rest: ColumnValues? = nil) throws {
        let handle = unsafe statement.sqliteStatement
        defer {
            // The code that it answers is that of the step, which is looked at already. Passwords do not stay.
            unsafe sqlite3_reset(handle)
            unsafe sqlite3_clear_bindings(handle)
        }
        var place: Int32 = 0
        for value in repeat each values {
            place += 1
            try check(unsafe value.bind(to: handle, at: place), is: SQLITE_OK)
        }
        var rest = rest?.reader
        while rest?.isAtEnd == false {
            place += 1
            try check(unsafe rest?.bindNext(to: handle, at: place) ?? SQLITE_OK, is: SQLITE_OK)
        }
        guard unsafe place == sqlite3_bind_parameter_count(handle) else {
            throw DatabaseError(message: "\(place) values are not those of a row", sql: statement.sql)
        }
        try check(unsafe sqlite3_step(handle), is: SQLITE_DONE)
    }

    private func check(_ code: Int32, is expected: Int32) throws {
        guard code != expected else { return }
        let message = unsafe String(cString: sqlite3_errmsg(sqlite3_db_handle(statement.sqliteStatement)))
        throw DatabaseError(resultCode: ResultCode(rawValue: code), message: message, sql: statement.sql)
    }
}

/// What a column can hold.
protocol BoundValue {
    /// Lets the value at `place`, from 1, be this one; answers what SQLite says. The statement has a copy of it.
    @unsafe func bind(to statement: OpaquePointer, at place: Int32) -> Int32
}

extension Int64: BoundValue {
    @unsafe func bind(to statement: OpaquePointer, at place: Int32) -> Int32 {
        unsafe sqlite3_bind_int64(statement, place, self)
    }
}

extension Int: BoundValue {
    @unsafe func bind(to statement: OpaquePointer, at place: Int32) -> Int32 {
        unsafe sqlite3_bind_int64(statement, place, Int64(self))
    }
}

extension Bool: BoundValue {
    @unsafe func bind(to statement: OpaquePointer, at place: Int32) -> Int32 {
        unsafe sqlite3_bind_int(statement, place, self ? 1 : 0)
    }
}

extension String: BoundValue {
    @unsafe func bind(to statement: OpaquePointer, at place: Int32) -> Int32 {
        // Its length is that of a C string, as in all other statements: what is looked for is what was written.
        unsafe withCString { unsafe sqlite3_bind_text(statement, place, $0, -1, transient) }
    }
}

extension [UInt8]: BoundValue {
    @unsafe func bind(to statement: OpaquePointer, at place: Int32) -> Int32 {
        unsafe withUnsafeBytes { bytes in
            // A pointer to nothing would be NULL, which is no empty blob.
            guard let first = bytes.baseAddress else { return unsafe sqlite3_bind_zeroblob(statement, place, 0) }
            return unsafe sqlite3_bind_blob(statement, place, first, Int32(bytes.count), transient)
        }
    }
}

extension Optional: BoundValue where Wrapped: BoundValue {
    @unsafe func bind(to statement: OpaquePointer, at place: Int32) -> Int32 {
        switch self {
        case .some(let value): unsafe value.bind(to: statement, at: place)
        case .none: unsafe sqlite3_bind_null(statement, place)
        }
    }
}

extension ColumnValues.Reader {
    /// Binds the next value as one of its kind.
    @unsafe mutating func bindNext(to statement: OpaquePointer, at place: Int32) throws -> Int32 {
        let (kind, content) = try next()
        switch kind {
        case .null: return unsafe sqlite3_bind_null(statement, place)
        case .number: return unsafe sqlite3_bind_int64(statement, place, number(in: content))
        case .text, .blob:
            return unsafe withBytes(of: content) { bytes in
                // A pointer to nothing would be NULL.
                let first = unsafe bytes.baseAddress ?? UnsafeRawPointer(statement)
                let count = Int32(bytes.count)
                return kind == .blob
                    ? unsafe sqlite3_bind_blob(statement, place, first, count, transient)
                    : unsafe sqlite3_bind_text(
                        statement, place, first.assumingMemoryBound(to: CChar.self), count, transient)
            }
        }
    }
}

/// Lets SQLite copy what it is given; a macro of C that Swift cannot read.
private var transient: sqlite3_destructor_type { unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self) }
