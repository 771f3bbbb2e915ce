import Diagnostics
import Foundation
import Reservations

/// Decisions in words, saying no more about others than `disclose_winner` allows.
struct DecisionWording {
    private let reservation: Reservation
    private let decision: Decision
    private let context: ReportContext
    private let times: LocalTimes
    private let inTheWay: [Reservation]

    init(_ reservation: Reservation, _ decision: Decision, context: ReportContext) {
        self.reservation = reservation
        self.decision = decision
        self.context = context
        times = LocalTimes(zone: context.zone)
        inTheWay = decision.blocking.compactMap(context.reservation)
    }

    var blockers: [Blocker] {
        inTheWay.map { winner in
            let isOpen = mayName(winner)
            return Blocker(
                uid: isOpen ? winner.id.uid : nil, room: winner.shownRoom, slot: winner.slot,
                source: isOpen ? winner.source : nil, reason: reason)
        }
    }

    /// Why a declined reservation was declined.
    var refusal: String {
        let room = reservation.shownRoom
        guard let winner = inTheWay.first else { return "room \(room) is taken at this time" }
        let span = times.span(winner.slot)
        let others = inTheWay.count > 1 ? ", and \(inTheWay.count - 1) more in the way" : ""
        if decision.code == .bufferTaken {
            return "room \(room) is booked \(span)\(name(of: winner)), too close to this booking\(others)"
        }
        if decision.code == .seriesOverlapsItself { return "overlaps the series' own occurrence of \(span)" }
        if decision.code == .displaced {
            let rival = "the one of \(span)\(name(of: winner))"
            return "room \(room) was granted to this booking, and went to \(rival) (\(reason))"
        }
        return "room \(room) is taken \(span)\(name(of: winner)) (\(reason)\(others))"
    }

    var duplicate: String {
        let first = inTheWay.first.map { mayName($0) ? " as \($0.id.uid) from \"\($0.source)\"" : "" } ?? ""
        return "the same meeting\(first) under another UID: same room, times and owner"
    }

    /// Why the winner came first.
    private var reason: String {
        guard decision.verdict != .duplicate else { return "the same meeting" }
        return decision.reason?.words ?? "it has the slot"
    }

    private func name(of winner: Reservation) -> String {
        guard !mayName(winner) else {
            let summary = winner.summary.isEmpty ? "a booking without a title" : "\"\(winner.summary)\""
            return " by \(summary) (\(winner.id.uid) of \(winner.source))"
        }
        guard context.reader == .sender, context.disclosure != .time, let owner = winner.owner else { return "" }
        return " by \(owner.address)"
    }

    /// Whoever sends a source's exports knows what is in them; of those who book, none knows what the others do.
    private func mayName(_ winner: Reservation) -> Bool {
        switch context.reader {
        case .sender: context.disclosure == .all || winner.source == reservation.source
        case .organizer: false
        }
    }
}
