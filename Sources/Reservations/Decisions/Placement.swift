/// Which of a room's candidates got their slots so far.
struct Placement {
    private let timeline: Timeline
    /// Kept free between different owners, in seconds.
    private let buffer: Double
    /// By candidate; empty without a buffer, when nobody asks.
    private let owners: [OwnerIdentity]
    private var placed: PositionSet

    init(_ candidates: [Candidate], on timeline: Timeline, by policy: ConflictPolicy) {
        self.timeline = timeline
        buffer = policy.buffer.inSeconds
        owners = buffer > 0 ? candidates.map { $0.reservation.ownerIdentity(by: policy.addresses) } : []
        placed = PositionSet(bound: candidates.count)
    }

    /// Gives `candidate` its slot, or answers one that is placed already and in its way.
    mutating func place(_ candidate: Int) -> Int? {
        let position = timeline.positions[candidate]
        guard let winner = before(position, atMost: 1).first ?? after(position, atMost: 1).first else {
            placed.insert(position)
            return nil
        }
        return timeline.candidates[winner]
    }

    /// The first `limit` that are placed and in the way of `candidate`, by start.
    func inTheWay(of candidate: Int, atMost limit: Int) -> [Int] {
        let position = timeline.positions[candidate]
        let before = before(position, atMost: .max).reversed()
        let positions = before + (before.count < limit ? after(position, atMost: limit - before.count) : [])
        return positions.prefix(limit).map { timeline.candidates[$0] }
    }

    /// Whether what is placed leaves `candidate` no room even without the buffer.
    func isTaken(_ candidate: Int) -> Bool {
        let position = timeline.positions[candidate]
        let endBefore = placed.last(below: position).map { timeline.ends[$0] } ?? -.infinity
        let startAfter = placed.first(from: position + 1).map { timeline.starts[$0] } ?? .infinity
        return endBefore > timeline.starts[position] || startAfter < timeline.ends[position]
    }

    /// The gaps that are left.
    func freeSpans() -> FreeSpans {
        var (starts, ends): ([Double], [Double]) = ([], [])
        var next = placed.first(from: 0)
        while let position = next {
            starts.append(timeline.starts[position])
            ends.append(timeline.ends[position])
            next = placed.first(from: position + 1)
        }
        return FreeSpans(starts: starts, ends: ends)
    }

    /// From the nearest on. What is placed lies one after the other, so the walk ends where one is over early enough.
    private func before(_ position: Int, atMost limit: Int) -> [Int] {
        var found: [Int] = []
        var next = placed.last(below: position)
        while let other = next, found.count < limit, timeline.ends[other] + buffer > timeline.starts[position] {
            if timeline.ends[other] + pause(other, position) > timeline.starts[position] { found.append(other) }
            next = placed.last(below: other)
        }
        return found
    }

    private func after(_ position: Int, atMost limit: Int) -> [Int] {
        var found: [Int] = []
        var next = placed.first(from: position + 1)
        while let other = next, found.count < limit, timeline.starts[other] < timeline.ends[position] + buffer {
            if timeline.starts[other] < timeline.ends[position] + pause(other, position) { found.append(other) }
            next = placed.first(from: other + 1)
        }
        return found
    }

    private func pause(_ first: Int, _ second: Int) -> Double {
        guard buffer > 0 else { return 0 }
        return owners[timeline.candidates[first]] == owners[timeline.candidates[second]] ? 0 : buffer
    }
}
