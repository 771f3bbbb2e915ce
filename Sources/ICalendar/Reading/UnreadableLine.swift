/// A line inside a component that is not among its properties: no content line, or one that is too long.
struct UnreadableLine {
    let component: Int
    /// In the text, unfolded.
    let range: Range<Int>
}

extension ComponentView {
    /// Its own lines that are not among its ``properties``, in order: they are no content lines, or longer than the
    /// limit. They are as they were written, unfolded, and cut at the limit.
    public var unreadableLines: [ArraySlice<UInt8>] { storage.unreadableLines(ofComponents: index..<index + 1) }

    /// The same with those of the components inside.
    public var allUnreadableLines: [ArraySlice<UInt8>] {
        storage.unreadableLines(ofComponents: index..<Int(record.endComponent))
    }
}

extension DocumentStorage {
    fileprivate func unreadableLines(ofComponents components: Range<Int>) -> [ArraySlice<UInt8>] {
        guard !unreadableLines.isEmpty else { return [] }
        var (first, end) = (0, unreadableLines.count)
        while first < end {
            let middle = (first + end) / 2
            if unreadableLines[middle].component < components.lowerBound { first = middle + 1 } else { end = middle }
        }
        return unreadableLines[first...].prefix { $0.component < components.upperBound }.map { text[$0.range] }
    }
}
