import ICalendar

/// The entries of one UID in one calendar, with the engine's view of them.
struct SeriesOfEntries {
    let series: EventSeries
    /// The master first, where there is one; then the overrides in the order of `series.overrides`.
    let master: ParsedEntry?
    let overrides: [ParsedEntry]

    /// In order of first appearance.
    static func grouping(_ entries: [ParsedEntry]) -> [SeriesOfEntries] {
        var byEvent: [Event: ParsedEntry] = [:]
        byEvent.reserveCapacity(entries.count)
        for entry in entries { byEvent[entry.event] = entry }
        return EventSeries.grouping(entries.map(\.event)).map { series in
            SeriesOfEntries(
                series: series, master: series.master.flatMap { byEvent[$0] },
                overrides: series.overrides.compactMap { byEvent[$0] }
            )
        }
    }
}
