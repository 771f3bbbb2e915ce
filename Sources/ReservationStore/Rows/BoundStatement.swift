import GRDB
import GRDBSQLite

/// A statement whose values go to SQLite one by one, without the lists of boxed values that arguments are.
///
/// For the rows of which a pass writes hundreds of thousands: there it is felt what the lists cost.
@safe struct BoundStatement {
    private let statement: Statement

    /// - Parameter statement: that changes rows and answers none.
    init(_ statement: Statement) { self.statement = statement }

    /// Executes it once, with `values` in the order of its question marks.
    /// - Throws: `DatabaseError`, which has to leave the transaction: GRDB does not know of it.
    func execute<each Value: BoundValue>(_ values: repeat each Value) throws {
        defer { forget() }
        try step(with: try bind(repeat each values))
    }

    /// The same with those in `rest` after them, which SQLite reads where they are.
    func execute<each Value: BoundValue>(_ values: repeat each Value, then rest: ColumnValues.Reader) throws {
        try unsafe rest.withBytes { bytes in
            // Before the bytes may go.
            defer { forget() }
            var (rest, place) = (rest, try bind(repeat each values))
            while !rest.isAtEnd {
                place += 1
                let (kind, content) = try rest.next()
                try check(unsafe bind(kind, bytes, content, at: place), is: SQLITE_OK)
            }
            try step(with: place)
        }
    }

    /// Answers how many they are.
    private func bind<each Value: BoundValue>(_ values: repeat each Value) throws -> Int32 {
        var place: Int32 = 0
        for value in repeat each values {
            place += 1
            try check(unsafe value.bind(to: statement.sqliteStatement, at: place), is: SQLITE_OK)
        }
        return place
    }

    @unsafe private func bind(
        _ kind: ColumnValues.Kind, _ bytes: UnsafeRawBufferPointer, _ content: Range<Int>, at place: Int32
    ) -> Int32 {
        let handle = unsafe statement.sqliteStatement
        switch kind {
        case .null: return unsafe sqlite3_bind_null(handle, place)
        case .number:
            let number = unsafe bytes.loadUnaligned(fromByteOffset: content.lowerBound, as: Int64.self)
            return unsafe sqlite3_bind_int64(handle, place, Int64(littleEndian: number))
        case .text, .blob:
            // An empty one too: a pointer to nothing would be NULL.
            guard let first = bytes.baseAddress else { return SQLITE_MISUSE }
            let start = unsafe first + content.lowerBound
            return kind == .blob
                ? unsafe sqlite3_bind_blob(handle, place, start, Int32(content.count), nil)
                : unsafe sqlite3_bind_text(
                    handle, place, start.assumingMemoryBound(to: CChar.self), Int32(content.count), nil)
        }
    }

    private func step(with count: Int32) throws {
        guard unsafe count == sqlite3_bind_parameter_count(statement.sqliteStatement) else {
            throw DatabaseError(message: "\(count) values are not those of a row", sql: statement.sql)
        }
        try check(unsafe sqlite3_step(statement.sqliteStatement), is: SQLITE_DONE)
    }

    /// Passwords do not stay, nor where values were. The code that it answers is that of the step, which is looked at
    /// already.
    private func forget() {
        unsafe sqlite3_reset(statement.sqliteStatement)
        unsafe sqlite3_clear_bindings(statement.sqliteStatement)
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

/// Lets SQLite copy what it is given; a macro of C that Swift cannot read.
private var transient: sqlite3_destructor_type { unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self) }
