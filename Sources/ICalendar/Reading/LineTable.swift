/// The content lines of a document while they are read.
///
/// To ask whether an array is shared costs more than the rest of an append, so that lines are put into it by the dozen.
struct LineTable {
    private var settled: [LineRecord] = []
    /// Those that came last.
    private var recent = InlineArray<64, LineRecord>(repeating: .none)
    private var recentCount = 0

    var count: Int { settled.count &+ recentCount }

    mutating func reserveCapacity(_ capacity: Int) { settled.reserveCapacity(capacity) }

    @inline(__always)
    mutating func append(_ line: LineRecord) {
        if recentCount == recent.count { settle() }
        recent[recentCount] = line
        recentCount &+= 1
    }

    subscript(_ index: Int) -> LineRecord {
        precondition(index < count)
        return index < settled.count ? settled[index] : recent[index - settled.count]
    }

    /// All lines; the table is empty then.
    mutating func take() -> [LineRecord] {
        settle()
        var taken: [LineRecord] = []
        swap(&taken, &settled)
        return taken
    }

    @inline(never)
    private mutating func settle() {
        // All at once; `extracting` sees to the bounds, and the buffer is not kept.
        unsafe recent.span.extracting(first: recentCount).withUnsafeBufferPointer { lines in
            unsafe settled.append(contentsOf: lines)
        }
        recentCount = 0
    }
}
