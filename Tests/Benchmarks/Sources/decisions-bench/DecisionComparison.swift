import Foundation
import Measuring
import Reservations

/// Everything decided from nothing, in turns with single exports that have changed.
final class DecisionComparison {
    struct Failure: Error, CustomStringConvertible { let description: String }

    /// What deciding everything may cost at most.
    private static let allowed = Cost(cpuSeconds: 5, peakBytes: 0)
    /// One changed export costs too little to be measured alone.
    private static let exportsARound = 40

    private var building = Building()
    private var pass = Pass()
    private var exported = 0
    private var changedDecisions = 0

    func run() throws {
        let costs = try Comparison([("all", decideAll), ("export", decideExports)]).medians()
        guard let all = costs["all"], let export = costs["export"] else {
            throw Failure(description: "nothing was measured")
        }
        guard changedDecisions > 0 else { throw Failure(description: "the changed exports changed nothing") }
        guard pass.decidedAnew(building) == pass.past else {
            throw Failure(description: "deciding the touched rooms is not what deciding all is")
        }
        let decisions = pass.past.values.joined()
        let verdicts = [Verdict.granted, .declined, .duplicate].map { verdict in
            "\(decisions.count { $0.decision.verdict == verdict }) \(verdict.rawValue)"
        }
        note("\(decisions.count) reservations in \(pass.past.count) rooms: \(verdicts.joined(separator: ", "))")
        note("decide-all: \(all), \(Int(Double(decisions.count) / all.cpuSeconds)) reservations per CPU-second")
        note("decide-one-export: \(export), \(Building.roomsAnExport) rooms")
        Figure("decide-all", ours: all, peer: Self.allowed).printLine()
        Figure("decide-one-export", ours: export, peer: all).printLine()
    }

    private func decideAll() -> Cost {
        pass = Pass()
        return Cost.of { pass.decideAll(building) }
    }

    /// What a new export says is made before it is measured.
    private func decideExports() throws -> Cost {
        var total = Cost(cpuSeconds: 0, peakBytes: 0)
        for _ in 0..<Self.exportsARound {
            let export = exported * 7 % building.exports.count
            exported += 1
            let before = building
            let touched = building.replace(export, with: building.changed(export))
            var rooms = 0
            // Freeing the copy of the building as it was is no part of deciding.
            let cost = withExtendedLifetime(before) {
                Cost.of {
                    let result = pass.decide(touched, of: building, before: before)
                    rooms = result.rooms
                    changedDecisions += result.changed
                }
            }
            guard rooms == Building.roomsAnExport else { throw Failure(description: "\(rooms) rooms were decided") }
            total.cpuSeconds += cost.cpuSeconds / Double(Self.exportsARound)
            total.peakBytes = max(total.peakBytes, cost.peakBytes)
        }
        return total
    }
}
