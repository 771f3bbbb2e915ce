import Foundation
import Reservations
import TestSupport
import Testing

/// An instant by its hour, counted from midnight of 7 December 2026, UTC.
func hour(_ hour: Double) -> Date { Date(timeIntervalSince1970: 1_796_601_600 + hour * 3_600) }

func slot(_ hours: ClosedRange<Double>) throws -> TimeSlot {
    try #require(TimeSlot(start: hour(hours.lowerBound), end: hour(hours.upperBound)))
}

/// A reservation of room "blue" by `owner`; `created` counts in hours as `hour(_:)` does.
func reserved(
    _ uid: String, _ hours: ClosedRange<Double>, recurrenceID: String? = nil, room: String = "blue",
    owner: String? = "ann@example.org", created: Double? = nil, participation: Participation = .confirmed,
    priority: Int = 0, source: String = "hr", summary: String = "", settings: RoomSettings = RoomSettings()
) throws -> Reservation {
    let room = try #require(RoomName(room))
    return Reservation(
        id: ReservationID(uid: uid, recurrenceID: recurrenceID.map { RecurrenceID($0) }, room: room),
        slot: try slot(hours), participation: participation, created: created.map(hour),
        owner: owner.flatMap { Participant($0) }, summary: summary, shownRoom: room.text, settings: settings,
        source: source, sourcePriority: priority)
}

extension [Decision] {
    func of(_ uid: String, _ recurrenceID: String? = nil) throws -> Decision {
        try #require(first { $0.id.uid == uid && $0.id.recurrenceID?.text == recurrenceID })
    }

    var granted: Set<ReservationID> { Set(filter { $0.verdict == .granted }.map(\.id)) }
}

/// A random room: crowded, with every kind of tie, a few series, and what earlier passes left behind.
func randomCandidates(_ random: inout SeededGenerator, count: Int, room: String = "blue") throws -> [Candidate] {
    let owners: [String?] = ["ann@example.org", "bob@example.org", "cy@example.org", nil]
    return try (0..<count).map { number in
        let start = Double(Int.random(in: 0..<40, using: &random)) / 2
        let length = Double(Int.random(in: 1...6, using: &random)) / 2
        let isOccurrence = Int.random(in: 0..<4, using: &random) == 0
        let reservation = try reserved(
            isOccurrence ? "series" : "u\(number)", start...(start + length),
            recurrenceID: isOccurrence ? "2026120\(number)" : nil, room: room,
            owner: isOccurrence ? "ann@example.org" : owners.randomElement(using: &random).flatMap(\.self),
            created: Bool.random(using: &random) ? Double(Int.random(in: -5...0, using: &random)) : nil,
            participation: [.confirmed, .confirmed, .tentative, .cancelled].randomElement(using: &random) ?? .confirmed,
            priority: Int.random(in: 0...1, using: &random), source: Bool.random(using: &random) ? "hr" : "web")
        return Candidate(reservation, standing: Int.random(in: 0..<3, using: &random) == 0 ? .granted : .none)
    }
}
