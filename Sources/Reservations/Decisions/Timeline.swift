private import Foundation

/// The candidates of one room from the first start to the last; equal slots by identifier.
struct Timeline {
    /// Candidates by position.
    let candidates: [Int]
    /// Positions by candidate.
    let positions: [Int]
    /// By position, in seconds.
    let starts: [Double]
    let ends: [Double]

    init(_ candidates: [Candidate]) {
        let slots = candidates.map { candidate in
            let slot = candidate.reservation.slot
            return (start: slot.start.timeIntervalSinceReferenceDate, end: slot.end.timeIntervalSinceReferenceDate)
        }
        let sorted = candidates.indices.sorted { a, b in
            if slots[a].start != slots[b].start { return slots[a].start < slots[b].start }
            if slots[a].end != slots[b].end { return slots[a].end < slots[b].end }
            return candidates[a].reservation.id < candidates[b].reservation.id
        }
        var positions = Array(repeating: 0, count: sorted.count)
        for (position, candidate) in sorted.enumerated() { positions[candidate] = position }
        self.candidates = sorted
        self.positions = positions
        starts = sorted.map { slots[$0].start }
        ends = sorted.map { slots[$0].end }
    }

    /// The spans of positions that share start and end, where there are at least two of them.
    func sharedSlots() -> [Range<Int>] {
        var spans: [Range<Int>] = []
        var first = 0
        for position in candidates.indices {
            let next = position + 1
            if next < starts.count, starts[next] == starts[first], ends[next] == ends[first] { continue }
            if next - first > 1 { spans.append(first..<next) }
            first = next
        }
        return spans
    }
}
