import Diagnostics
package import Foundation

/// Decides who of the `candidates` of one room gets the slot: a decision for each that takes part, by start.
///
/// The order of `candidates` makes no difference. A candidate that is declined again because of the same reservation in
/// the same slot keeps the reason of its previous decision, one that was displaced and one that is granted again the
/// code too, so that deciding twice changes nothing.
package func decide(_ candidates: [Candidate], policy: ConflictPolicy, at instant: Date) -> [Decision] {
    let takingPart = candidates.filter(\.reservation.participation.takesPart)
    var decisions: [Decision] = []
    decideEach(of: takingPart, policy: policy, at: instant) { decisions.append($1) }
    return decisions
}

/// Decides about candidates that all take part; `receive` is called with the place of each among them, by start.
func decideEach(
    of candidates: [Candidate], policy: ConflictPolicy, at instant: Date, receive: (_ place: Int, Decision) -> Void
) {
    var order = RankOrder(candidates, freeze: policy.freeze, at: instant)
    let timeline = Timeline(candidates)
    let duplicates = Duplicates(of: candidates, on: timeline, addresses: policy.addresses, order: &order)
    var placement = Placement(candidates, on: timeline, by: policy)
    var winners = [Int?](repeating: nil, count: candidates.count)
    for candidate in order.ranked() where duplicates.heads[candidate] == candidate {
        winners[candidate] = placement.place(candidate)
    }
    let room = DecidedRoom(
        candidates: candidates, order: order, placement: placement, freeSpans: placement.freeSpans(),
        policy: policy, instant: instant)
    for candidate in timeline.candidates {
        let head = duplicates.heads[candidate]
        if head != candidate {
            receive(candidate, room.duplicate(candidate, of: head))
        } else if let winner = winners[candidate] {
            receive(candidate, room.declined(candidate, by: winner))
        } else {
            receive(candidate, room.granted(candidate))
        }
    }
}

/// Puts into codes, reasons and names what was decided, once every candidate has been placed or not.
private struct DecidedRoom {
    let candidates: [Candidate]
    let order: RankOrder
    let placement: Placement
    let freeSpans: FreeSpans
    let policy: ConflictPolicy
    let instant: Date

    func granted(_ index: Int) -> Decision {
        let previous = candidates[index].previous
        let code =
            switch previous?.verdict {
            case .declined: DiagnosticCode.promoted
            case .granted: previous?.code
            case .duplicate, nil: DiagnosticCode?.none
            }
        return Decision(id: candidates[index].reservation.id, verdict: .granted, code: code)
    }

    func duplicate(_ index: Int, of head: Int) -> Decision {
        Decision(
            id: candidates[index].reservation.id, verdict: .duplicate, code: .duplicate,
            blocking: [candidates[head].reservation.id])
    }

    func declined(_ index: Int, by winner: Int) -> Decision {
        let earlier = earlierWinner(of: index)
        let winner = earlier?.winner ?? winner
        let others = placement.inTheWay(of: index, atMost: Decision.maximumBlocking).filter { $0 != winner }
        let blocking = [winner] + others.prefix(Decision.maximumBlocking - 1)
        return Decision(
            id: candidates[index].reservation.id, verdict: .declined,
            code: earlier?.decision.code == .displaced ? .displaced : code(of: index, because: blocking),
            reason: earlier?.decision.reason ?? order.firstDifference(between: index, and: winner),
            blocking: blocking.map { candidates[$0].reservation.id },
            nextFree: nextFree(for: candidates[index].reservation.slot))
    }

    /// The previous decision and who won then, if that one is in the way again, in the slot that it had.
    private func earlierWinner(of index: Int) -> (decision: Decision, winner: Int)? {
        guard let decision = candidates[index].previous, decision.verdict == .declined else { return nil }
        let winner = placement.inTheWay(of: index, atMost: .max).first {
            candidates[$0].reservation.id == decision.blocking.first && candidates[$0].previous != nil
        }
        return winner.map { (decision, $0) }
    }

    private func code(of index: Int, because blocking: [Int]) -> DiagnosticCode {
        let id = candidates[index].reservation.id
        if candidates[index].standing >= .granted { return .displaced }
        let isOwnSeries = blocking.allSatisfy { candidates[$0].reservation.id.isSameSeries(as: id) }
        if isOwnSeries { return .seriesOverlapsItself }
        return placement.isTaken(index) ? .slotTaken : .bufferTaken
    }

    /// As far as series are expanded: whole days of UTC, so that all decisions of a day agree.
    private var endOfHorizon: Double {
        let today = (instant.timeIntervalSinceReferenceDate / 86_400).rounded(.down)
        return (today + max(1, (policy.horizon.inSeconds / 86_400).rounded(.down))) * 86_400
    }

    private func nextFree(for slot: TimeSlot) -> TimeSlot? {
        let start = slot.start.timeIntervalSinceReferenceDate
        let free = freeSpans.firstStart(from: start, length: slot.length, margin: policy.buffer.inSeconds)
        // A single booking may lie beyond, where no series is known anyway; then it is not to be moved far.
        let end = start < endOfHorizon ? endOfHorizon : start + policy.horizon.inSeconds + slot.length
        guard free + slot.length <= end else { return nil }
        return TimeSlot(
            start: Date(timeIntervalSinceReferenceDate: free),
            end: Date(timeIntervalSinceReferenceDate: free + slot.length))
    }
}
