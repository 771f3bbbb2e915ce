import Foundation

/// The total order in which the reservations of a room are placed (design: conflicts, rule 6).
///
/// One function compares, so the order and the reason that people are shown cannot differ.
struct RankOrder {
    /// What is compared before any text is: kept apart from the candidates, so that sorting moves little.
    private struct Key {
        var isOpen: Bool
        var isFrozen: Bool
        let isConfirmed: Bool
        let sourcePriority: Int
        var isGranted: Bool
        /// Unknown is later than any date.
        let created: Double
        let start: Double
    }

    private let candidates: [Candidate]
    private var keys: [Key]

    init(_ candidates: [Candidate], freeze: Duration, at instant: Date) {
        self.candidates = candidates
        let freeze = freeze.inSeconds
        keys = candidates.map { candidate in
            let reservation = candidate.reservation
            let slot = reservation.slot
            let isGranted = candidate.standing >= .granted
            return Key(
                isOpen: candidate.standing == .open,
                isFrozen: isGranted && slot.start.addingTimeInterval(-freeze) <= instant && instant < slot.end,
                isConfirmed: reservation.participation == .confirmed,
                sourcePriority: reservation.sourcePriority,
                isGranted: isGranted,
                created: reservation.created?.timeIntervalSinceReferenceDate ?? .infinity,
                start: slot.start.timeIntervalSinceReferenceDate
            )
        }
    }

    /// The candidates from the first that is placed to the last, by their indices.
    func ranked() -> [Int] {
        keys.indices.sorted { precedes($0, $1) }
    }

    func precedes(_ first: Int, _ second: Int) -> Bool {
        comparison(of: first, with: second)?.firstPrecedes ?? false
    }

    /// The first element in which two candidates differ; `nil` for a candidate and itself.
    func firstDifference(between first: Int, and second: Int) -> RankElement? {
        comparison(of: first, with: second)?.element
    }

    /// Lets `heir` stand where `holder`, the same meeting in the same slot, stands, if it does not stand better.
    mutating func passStanding(of holder: Int, to heir: Int) {
        keys[heir].isOpen = keys[heir].isOpen || keys[holder].isOpen
        keys[heir].isFrozen = keys[heir].isFrozen || keys[holder].isFrozen
        keys[heir].isGranted = keys[heir].isGranted || keys[holder].isGranted
    }

    private func comparison(of first: Int, with second: Int) -> (element: RankElement, firstPrecedes: Bool)? {
        let (a, b) = (keys[first], keys[second])
        if a.isOpen != b.isOpen { return (.openConference, a.isOpen) }
        if a.isFrozen != b.isFrozen { return (.freeze, a.isFrozen) }
        if a.isConfirmed != b.isConfirmed { return (.confirmed, a.isConfirmed) }
        if a.sourcePriority != b.sourcePriority { return (.sourcePriority, a.sourcePriority > b.sourcePriority) }
        if a.isGranted != b.isGranted { return (.standingGrant, a.isGranted) }
        if a.created != b.created { return (.created, a.created < b.created) }
        if a.start != b.start { return (.start, a.start < b.start) }
        return textComparison(of: candidates[first].reservation, with: candidates[second].reservation)
    }

    /// Two reservations that differ in nothing here would be one: scope is the source's name where UIDs are not global.
    private func textComparison(
        of a: Reservation, with b: Reservation
    ) -> (element: RankElement, firstPrecedes: Bool)? {
        if a.id.uid != b.id.uid { return (.uid, a.id.uid < b.id.uid) }
        let (left, right) = (a.id.recurrenceID, b.id.recurrenceID)
        if left != right { return (.recurrenceID, left.isBefore(right)) }
        if a.source != b.source { return (.source, a.source < b.source) }
        return a.id.scope == b.id.scope ? nil : (.source, a.id.scope < b.id.scope)
    }
}
