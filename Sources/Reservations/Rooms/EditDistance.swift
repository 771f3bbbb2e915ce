/// Compared no further than this, so that a text of a megabyte costs no more than a name.
private let comparedCharacters = 64

/// How many characters must be put in, taken out, replaced or swapped with their neighbour to turn one text into the
/// other; `nil` for more than `limit`.
package func editDistance(_ first: String, _ second: String, limit: Int) -> Int? {
    let (a, b) = (Array(first.prefix(comparedCharacters)), Array(second.prefix(comparedCharacters)))
    guard abs(a.count - b.count) <= limit else { return nil }
    var beforePrevious: [Int] = []
    var previous = Array(0...b.count)
    for (row, left) in a.enumerated() {
        var current = [row + 1]
        for (column, right) in b.enumerated() {
            var best = min(
                previous[column] + (left == right ? 0 : 1), previous[column + 1] + 1, current[column] + 1)
            if row > 0, column > 0, left == b[column - 1], right == a[row - 1] {
                best = min(best, beforePrevious[column - 1] + 1)
            }
            current.append(best)
        }
        (beforePrevious, previous) = (previous, current)
    }
    return previous.last.flatMap { $0 <= limit ? $0 : nil }
}
