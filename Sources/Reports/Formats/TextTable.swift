/// Columns for a terminal, as wide as what is in them; what comes below a row is indented and keeps its length.
struct TextTable {
    private var rows: [(cells: [String], below: [String])]

    /// Characters of a cell; the last one of a row is never cut, so that a place in a file stays one.
    private static let widest = 40

    init(_ titles: [String]) { rows = [(titles, [])] }

    mutating func append(_ cells: [String], below: [String] = []) {
        rows.append((cells.dropLast().map(Self.cut) + cells.suffix(1), below))
    }

    var lines: [String] {
        let columns = rows.map(\.cells.count).max() ?? 0
        let widths = (0..<columns).map { column in
            rows.map { column < $0.cells.count ? $0.cells[column].count : 0 }.max() ?? 0
        }
        return rows.flatMap { row in
            [Self.line(of: row.cells, widths)] + row.below.map { "    \($0)" }
        }
    }

    private static func line(of cells: [String], _ widths: [Int]) -> String {
        let padded = zip(cells, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
        let line = padded.joined(separator: "  ")
        return String(line.reversed().drop { $0 == " " }.reversed())
    }

    private static func cut(_ cell: String) -> String {
        cell.count > widest ? "\(cell.prefix(widest - 1))…" : cell
    }
}
