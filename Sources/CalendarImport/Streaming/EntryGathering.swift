import ICalendar

/// Puts entries together that have the same UID, and gives them as soon as all of them have come.
struct EntryGathering {
    private var left: [Int: UInt32]
    private var waiting: [Int: [ParsedEntry]] = [:]

    init(_ repeated: RepeatedUIDs) { left = repeated.counts }

    /// Entries that are complete now, with all others of their UIDs; empty while some are missing.
    mutating func take(_ entry: ParsedEntry) -> [ParsedEntry] {
        guard !left.isEmpty, !entry.isRejected, let uid = entry.event.uid, !uid.isEmpty else { return [entry] }
        let hash = uid.hashOfBytes
        guard let missing = left[hash] else { return [entry] }
        waiting[hash, default: []].append(entry)
        left[hash] = missing - 1
        guard missing == 1 else { return [] }
        left[hash] = nil
        return waiting.removeValue(forKey: hash) ?? []
    }

    /// What still waits; nothing if the same bytes are read as were counted.
    var rest: [ParsedEntry] { waiting.values.flatMap(\.self) }
}
