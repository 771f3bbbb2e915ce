/// A series with its times resolved: which instances the overrides replace, and where they begin themselves.
///
/// A class, because it is large and every iterator shares it.
final class SeriesPlan: Sendable {
    /// `nil` without a master that recurs.
    let set: RecurrenceSet?
    /// Overrides with THISANDFUTURE, by the instance from which they hold.
    let futures: [Future]
    /// Occurrences that no rule makes: overrides for one instance, and a master that does not recur; in order.
    let singles: [SeriesOccurrence]
    /// The starts of singles, or of what they replace, that the clocks skip or show twice.
    let singleMisfits: [Moment]
    /// Overrides that name no instance.
    let orphans: [Orphan]
    /// Whether the limits were reached while looking for the instances that the overrides name.
    let ranOut: Bool
    /// What the singles replace, rising.
    private let replacedInstants: [Int]
    private let replacedDays: [Int]

    struct Future: Sendable {
        let override: Int
        /// The first instance, as the master has it.
        let from: Int
        /// Seconds on the wall from the master's instances to the override's.
        let shift: Int
        let frame: TimeFrame
        let length: OccurrenceLength
    }

    struct Orphan: Hashable {
        let override: Int
        let isStale: Bool
    }

    init(_ series: EventSeries, _ resolver: TimeZoneResolver, _ limits: RecurrenceLimits) {
        var draft = SeriesPlanDraft(series, resolver, limits)
        draft.placeOverrides(limits)
        draft.placeSingleMaster()
        set = draft.isRecurring ? draft.set : nil
        futures = draft.futures.count > 1 ? draft.futures.sorted { $0.from < $1.from } : draft.futures
        singles = draft.singles.count > 1 ? draft.singles.sorted { $0.comes(before: $1) } : draft.singles
        singleMisfits = draft.misfits
        orphans = draft.orphans.count > 1 ? draft.orphans.sorted { $0.override < $1.override } : draft.orphans
        ranOut = draft.ranOut
        let (instants, days) = (draft.replacedInstants, draft.replacedDays)
        replacedInstants = instants.count > 1 ? instants.sorted() : instants
        replacedDays = days.count > 1 ? days.sorted() : days
    }

    /// Whether a rule has no end.
    var isEndless: Bool { self.set?.isEndless ?? false }

    func replaces(_ moment: Moment) -> Bool {
        if !replacedInstants.isEmpty, replacedInstants.hasSorted(moment.instant) { return true }
        return !replacedDays.isEmpty && replacedDays.hasSorted(moment.day)
    }
}
