/// Work that is done in turns, so that what else the machine does meets all of it alike.
public struct Comparison {
    /// At least this many rounds are needed for a median.
    public static let fewestRounds = 3

    private let works: [(name: String, measure: () throws -> Cost)]

    /// - Parameter works: What is measured, in the order of a round; each returns what it has cost.
    public init(_ works: [(name: String, measure: () throws -> Cost)]) { self.works = works }

    /// The median cost of each work, by its name.
    public func medians(rounds: Int = fewestRounds) throws -> [String: Cost] {
        var costs: [String: [Cost]] = [:]
        for _ in 0..<max(rounds, Self.fewestRounds) {
            for work in works { costs[work.name, default: []].append(try work.measure()) }
        }
        return costs.mapValues(Cost.median)
    }
}
