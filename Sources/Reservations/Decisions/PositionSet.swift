/// A growing set of positions below a fixed bound that finds neighbours in a few steps, however many there are.
///
/// Each level has a bit for each word of the level below it: three levels reach 262,144 positions.
struct PositionSet {
    private var levels: [[UInt64]] = []

    init(bound: Int) {
        var count = bound
        repeat {
            count = (count + 63) / 64
            levels.append(Array(repeating: 0, count: max(count, 1)))
        } while count > 1
    }

    mutating func insert(_ position: Int) {
        var position = position
        for level in levels.indices {
            levels[level][position >> 6] |= 1 << UInt64(position & 63)
            position >>= 6
        }
    }

    /// The greatest member below `position`.
    func last(below position: Int) -> Int? {
        var position = position
        for level in levels.indices {
            let word = position >> 6
            if word < levels[level].count {
                let bits = levels[level][word] & ((1 << UInt64(position & 63)) - 1)
                if bits != 0 { return descend(from: level, to: word, bits) { 63 - $0.leadingZeroBitCount } }
            }
            position = word
        }
        return nil
    }

    /// The smallest member that is `position` or above.
    func first(from position: Int) -> Int? {
        var position = position
        for level in levels.indices {
            let word = position >> 6
            guard word < levels[level].count else { return nil }
            let bits = levels[level][word] & ~((1 << UInt64(position & 63)) - 1)
            if bits != 0 { return descend(from: level, to: word, bits) { $0.trailingZeroBitCount } }
            position = word + 1
        }
        return nil
    }

    private func descend(from level: Int, to word: Int, _ bits: UInt64, choose: (UInt64) -> Int) -> Int {
        var found = word << 6 + choose(bits)
        for lower in levels[..<level].reversed() { found = found << 6 + choose(lower[found]) }
        return found
    }
}
