/// The gaps between the granted reservations of a room, for finding the next one that is long enough.
struct FreeSpans {
    private let starts: [Double]
    private let ends: [Double]
    /// A tree of maxima over the gap after each granted reservation: the leaves from `leaves` on, the root at 1.
    private var longest: [Double]
    private let leaves: Int

    /// `starts` and `ends` of slots that do not overlap, in order.
    init(starts: [Double], ends: [Double]) {
        self.starts = starts
        self.ends = ends
        var leaves = 1
        while leaves < starts.count { leaves *= 2 }
        self.leaves = leaves
        longest = Array(repeating: -.infinity, count: 2 * leaves)
        for index in starts.indices {
            longest[leaves + index] = index + 1 < starts.count ? starts[index + 1] - ends[index] : .infinity
        }
        for node in (1..<leaves).reversed() { longest[node] = max(longest[2 * node], longest[2 * node + 1]) }
    }

    /// The first instant from `instant` on where `length` seconds are free, with `margin` seconds before and after
    /// them.
    func firstStart(from instant: Double, length: Double, margin: Double) -> Double {
        let following = starts.partitioningIndex { $0 > instant }
        let free = following == 0 ? instant : max(instant, ends[following - 1] + margin)
        guard following < starts.count, free + length + margin > starts[following] else { return free }
        return ends[firstGap(from: following, of: length + 2 * margin)] + margin
    }

    /// There always is one: the gap after the last reservation has no end.
    private func firstGap(from index: Int, of length: Double) -> Int {
        var node = leaves + index
        while longest[node] < length {
            while node & 1 == 1 { node >>= 1 }
            node += 1
        }
        while node < leaves { node = longest[2 * node] >= length ? 2 * node : 2 * node + 1 }
        return node - leaves
    }
}

extension Array {
    /// The first index whose element fulfils `predicate`; the elements that do come last.
    func partitioningIndex(where predicate: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if predicate(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
