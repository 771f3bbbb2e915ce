import ICalendar

/// The entries of one UID in one calendar, with the engine's view of them.
struct SeriesOfEntries {
    let series: EventSeries
    /// The master first, where there is one; then the overrides in the order of `series.overrides`.
    let master: ParsedEntry?
    let overrides: [ParsedEntry]
    /// Entries without RECURRENCE-ID that are older revisions of the master.
    let superseded: [ParsedEntry]

    /// In order of first appearance.
    static func grouping(_ entries: [ParsedEntry]) -> [SeriesOfEntries] {
        if entries.count == 1, let only = entries.first { return [SeriesOfEntries(of: only)] }
        let all = EventSeries.grouping(entries.map(\.event))
        let superseded = superseded(among: entries, by: all)
        return all.map { series in
            SeriesOfEntries(
                series: series, master: series.masterIndex.map { entries[$0] },
                overrides: series.overrideIndices.map { entries[$0] },
                superseded: series.uid.flatMap { superseded[$0] } ?? []
            )
        }
    }

    /// - Parameter entry: the only one of its UID.
    init(of entry: ParsedEntry) {
        let isOverride = entry.event.isOverride
        series = EventSeries(of: entry.event)
        master = isOverride ? nil : entry
        overrides = isOverride ? [entry] : []
        superseded = []
    }

    private init(
        series: EventSeries, master: ParsedEntry?, overrides: [ParsedEntry], superseded: [ParsedEntry]
    ) {
        self.series = series
        self.master = master
        self.overrides = overrides
        self.superseded = superseded
    }

    /// By UID; mostly there are none, and nothing is looked at.
    private static func superseded(
        among entries: [ParsedEntry], by all: [EventSeries]
    ) -> [String: [ParsedEntry]] {
        let taken = all.reduce(0) { $0 + $1.overrideIndices.count + ($1.masterIndex == nil ? 0 : 1) }
        guard taken < entries.count else { return [:] }
        let masters = Set(all.compactMap(\.masterIndex))
        let left = entries.indices.filter { entries[$0].event.recurrenceID == nil && !masters.contains($0) }
        return Dictionary(grouping: left.map { entries[$0] }, by: { $0.event.uid ?? "" })
    }
}
