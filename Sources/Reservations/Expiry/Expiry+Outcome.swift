import Foundation

extension Expiry {
    /// A last conference that ends no earlier than this before the booked end has used its time, in seconds.
    private static let earlyEndSeconds = 600.0

    /// - Parameters:
    ///   - window: when the reservation's conference could be open.
    ///   - spans: its conferences.
    ///   - observed: when we were answering. Spans may touch or overlap, in any order.
    package init(of window: OpenWindow, spans: [OpenSpan], observed: [TimeSlot]) {
        let slot = window.reservation.slot
        let clipped = spans.compactMap { span in
            TimeSlot(start: max(span.start, window.opens), end: min(span.end ?? window.closes, window.closes))
        }
        let seconds = clipped.united().reduce(0) { $0 + $1.length }
        openings = spans.count
        minutes = Int((seconds / 60).rounded())
        let last = spans.max { ($0.end ?? window.closes, $0.start) < ($1.end ?? window.closes, $1.start) }
        closedByClock = last?.closedByClock ?? false
        guard let lastEnd = last.map({ $0.end ?? window.closes }) else {
            outcome =
                observed.united().contains { $0.start <= slot.start && slot.end <= $0.end } ? .noShow : .unobserved
            return
        }
        if lastEnd >= window.closes {
            outcome = .cutOff
        } else {
            outcome = slot.end.timeIntervalSince(lastEnd) > Self.earlyEndSeconds ? .endedEarly : .used
        }
    }
}

extension [TimeSlot] {
    /// The same instants in as few slots as possible, by start.
    func united() -> [TimeSlot] {
        var united: [TimeSlot] = []
        for slot in sorted() {
            guard let last = united.last, slot.start <= last.end else {
                united.append(slot)
                continue
            }
            united[united.count - 1] = TimeSlot(start: last.start, end: Swift.max(last.end, slot.end)) ?? last
        }
        return united
    }
}
