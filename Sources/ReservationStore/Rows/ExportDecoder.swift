import GRDB

/// Makes exports of rows of `StoredExport.selection`.
///
/// As good as all of them have been read by the same rules, whose text is long: it is in memory once.
struct ExportDecoder {
    private var readers: [String: String] = [:]

    mutating func export(_ row: Row) throws -> StoredExport {
        var export = try StoredExport(row)
        if let known = readers[export.reader] {
            export.reader = known
        } else {
            readers[export.reader] = export.reader
        }
        return export
    }
}
