/// What the EXDATEs of a component take away (RFC 5545 §3.8.5.1).
struct ExcludedTimes: Sendable {
    /// Both rising.
    private var instants: [Int] = []
    private var days: [Int] = []

    init(_ times: [CalendarTime], _ frame: TimeFrame, _ resolver: TimeZoneResolver) {
        guard !times.isEmpty else { return }
        for time in times {
            switch frame.key(of: time, resolver) {
            case .instant(let instant): instants.append(instant)
            case .day(let day): days.append(day)
            }
        }
        instants.sort()
        days.sort()
    }

    @inline(__always)
    func contains(_ moment: Moment) -> Bool {
        if !instants.isEmpty, instants.hasSorted(moment.instant) { return true }
        return !days.isEmpty && days.hasSorted(moment.day)
    }
}
