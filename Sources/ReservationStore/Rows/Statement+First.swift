import GRDB

extension Statement {
    /// What `body` makes of the first row; `nil` without one.
    ///
    /// `fetchOne` copies all columns before one of them is read. This row is there until `body` returns.
    func first<Value>(_ arguments: StatementArguments, _ body: (Row) throws -> Value) throws -> Value? {
        let rows = try Row.fetchCursor(self, arguments: arguments)
        return try withExtendedLifetime(rows) { try rows.next().map(body) }
    }
}
