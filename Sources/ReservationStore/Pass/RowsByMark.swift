/// The rows of an export's bookings by the marks of what they say, each until it is taken; of equal ones those first
/// that come first in the file.
struct RowsByMark {
    private struct Entry {
        let row: Int64
        let line: Int
        var isTaken = false
        /// The next one of the same mark.
        var next: Int32?
    }

    private var entries: [Entry] = []
    private var chains: [Mark: (first: Int32?, last: Int32)] = [:]

    var isEmpty: Bool { entries.isEmpty }

    mutating func insert(_ mark: Mark, row: Int64, line: Int) {
        let new = Int32(entries.count)
        entries.append(Entry(row: row, line: line))
        guard let chain = chains[mark] else {
            chains[mark] = (new, new)
            return
        }
        entries[Int(chain.last)].next = new
        chains[mark] = (chain.first, new)
    }

    mutating func take(_ mark: Mark) -> (row: Int64, line: Int)? {
        guard let chain = chains[mark], let first = chain.first else { return nil }
        let entry = entries[Int(first)]
        entries[Int(first)].isTaken = true
        chains[mark] = (entry.next, chain.last)
        return (entry.row, entry.line)
    }

    /// Those that nobody has taken, in the order of the file.
    var left: [Int64] { entries.filter { !$0.isTaken }.map(\.row) }
}
