import Foundation
import Reservations
import TestSupport

/// Entries of one UID: up to three revisions of a series, each with fewer days than the one before, and some overrides.
func randomEntries(_ random: inout SeededGenerator) throws -> [Booking] {
    var entries: [Booking] = []
    var last = 16
    for sequence in 0..<Int.random(in: 0...3, using: &random) {
        last -= Int.random(in: 0...3, using: &random)
        var series = try daily(7...last, sequence: sequence)
        series.revision.digest = "series \(sequence)"
        entries.append(series)
    }
    for number in 0..<Int.random(in: 0...6, using: &random) {
        let start = Double(Int.random(in: 12...20, using: &random))
        var override = try override(
            Int.random(in: 7...17, using: &random), start...(start + 1),
            sequence: Int.random(in: 0...3, using: &random),
            participation: Bool.random(using: &random) ? .confirmed : .cancelled)
        override.revision.digest = "override \(number)"
        entries.append(override)
    }
    return entries
}

/// Entries of several UIDs that want the same two rooms at nearly the same times, for several owners.
func randomCalendar(_ random: inout SeededGenerator) throws -> [Booking] {
    let rooms = ["blue", "red"].compactMap { RoomName($0) }.map { BookedRoom(name: $0, shown: $0.text, rule: .url) }
    var calendar: [Booking] = []
    for number in 0..<Int.random(in: 2...5, using: &random) {
        let owner = ["ann@example.org", "bob@example.org", nil].randomElement(using: &random).flatMap(\.self)
        let created = Bool.random(using: &random) ? hour(Double(Int.random(in: -9...0, using: &random))) : nil
        let shift = Double([0, 0, 1_800].randomElement(using: &random) ?? 0)
        let wanted = [[rooms[0]], [rooms[0]], [rooms[1]], rooms].randomElement(using: &random) ?? rooms
        for var entry in try randomEntries(&random) {
            entry.key.uid = "u\(number)"
            entry.owner = owner.flatMap { Participant($0) }
            entry.created = created
            entry.rooms = wanted
            for index in entry.occurrences.indices {
                let slot = entry.occurrences[index].slot
                entry.occurrences[index].slot = TimeSlot(start: slot.start + shift, end: slot.end + shift) ?? slot
            }
            calendar.append(entry)
        }
    }
    return calendar
}

/// The same entries in the files of one source: each in one of them, in any order.
func parted(_ entries: [Booking], _ random: inout SeededGenerator) -> [[Booking]] {
    var parts: [[Booking]] = Array(repeating: [], count: Int.random(in: 1...4, using: &random))
    for entry in entries.shuffled(using: &random) {
        parts[Int.random(in: parts.indices, using: &random)].append(entry)
    }
    return parts
}

/// What is left of the entries of one export when it has been read: of each UID the newest series without what it
/// overrides, and its overrides but for stale ones that match nothing.
func asRead(_ bookings: [Booking]) -> [Booking] {
    Dictionary(grouping: bookings, by: \.key.uid).sorted { $0.key < $1.key }.flatMap { _, entries in
        let overrides = entries.filter { $0.key.recurrenceID != nil }
        let masters = entries.filter { $0.key.recurrenceID == nil }
        guard var series = masters.max(by: { $0.revision < $1.revision }) else { return overrides }
        let days = Set(series.occurrences.map(\.recurrenceID))
        let kept = overrides.filter {
            days.contains($0.key.recurrenceID) || $0.revision.sequence >= series.revision.sequence
        }
        let overridden = Set(kept.map(\.key.recurrenceID))
        series.occurrences.removeAll { overridden.contains($0.recurrenceID) }
        return [series] + kept
    }
}
