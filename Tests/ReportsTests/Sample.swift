import Diagnostics
import Foundation
import Reservations
import TestSupport
import Testing

@testable import Reports

/// A small export with one of everything that a report tells.
enum Sample {
    static func context(
        _ disclosure: Disclosure = .time, findingLimit: Int = 10_000, winnerTitle: String = "Audit"
    ) throws -> ReportContext {
        let winner = try reservation(
            "ops-7", source: "hr", hours: 9..<10, owner: "eve@example.org", summary: winnerTitle)
        let own = try reservation(
            "team-1", source: "web", hours: 33..<34, owner: "ann@example.org", summary: "Stand-up")
        let known = [winner.id: winner, own.id: own]
        return ReportContext(
            zone: try #require(TimeZone(identifier: "Europe/Berlin")), disclosure: disclosure,
            findingLimit: findingLimit
        ) { known[$0] }
    }

    static func report(_ context: ReportContext? = nil, shuffledBy seed: UInt64? = nil) throws -> ExportReport {
        var (bookings, diagnostics) = (try bookings(), diagnostics)
        if let seed {
            var generator = SeededGenerator(seed: seed)
            bookings = bookings.map {
                ReportedBooking($0.booking, reservations: $0.reservations.shuffled(using: &generator))
            }
            bookings.shuffle(using: &generator)
            diagnostics.shuffle(using: &generator)
        }
        return ExportReport(
            source: "web", export: "rooms/blue.ics", usage: .inForce, bookings: bookings, diagnostics: diagnostics,
            context: try context ?? self.context())
    }

    static func conflicts(_ context: ReportContext? = nil) throws -> ConflictReport {
        let items = try bookings().flatMap { entry in
            entry.reservations.map {
                ConflictReport.Item(
                    $0, file: "web/rooms/blue.ics", line: entry.booking.line, sequence: entry.booking.revision.sequence)
            }
        }
        return ConflictReport(items, context: try context ?? self.context())
    }

    static func bookings() throws -> [ReportedBooking] {
        [
            try single("team-1", line: 10, hours: 33..<34, summary: "Stand-up"),
            try series(),
            try single("late", line: 60, hours: 9..<10, summary: "Late, \"again\"", lost: .created),
            try single("twice", line: 70, hours: 33..<34, summary: "Stand-up", verdict: .duplicate),
            try single("moved-up", line: 80, hours: 57..<58, summary: "Lucky", code: .promoted),
            try single("off", line: 90, hours: 81..<82, summary: "Off", participation: .cancelled),
            try single("hint", line: 95, hours: 81..<82, summary: "Birthday", participation: .transparent),
        ]
    }

    static let diagnostics = [
        Diagnostic(.endlessRule, line: 44, uid: "weekly", "the series has no end; booked until 2027-12-27"),
        Diagnostic(
            .badMaxOccupants, line: 15, uid: "team-1", "max_occupants is \"many\"; the room's setting was taken"),
        Diagnostic(.badDateTime, line: 101, uid: "broken", "DTSTART is 20261308T100000, and there is no month 13"),
        Diagnostic(.badPassword, line: 104, uid: "broken", "the password cannot be used"),
        Diagnostic(.foreignComponent, line: 120, "3 × VTODO, not read"),
    ]

    private static func series() throws -> ReportedBooking {
        let booking = try booking("weekly", line: 40, hours: 33..<34, summary: "Weekly")
        let reservations = try (0..<3).map { week in
            let hours = 9 + week * 168..<10 + week * 168
            let id = ["20261207", "20261214", "20261221"][week] + "T090000Z"
            let reservation = try reservation(
                "weekly", source: "web", hours: hours, owner: "ann@example.org", summary: "Weekly", recurrenceID: id)
            return try ReportedReservation(
                reservation, decision(reservation, verdict: week == 0 ? .declined : .granted, lost: .standingGrant))
        }
        return ReportedBooking(booking, reservations: reservations)
    }

    static func single(
        _ uid: String, line: Int, hours: Range<Int>, summary: String, participation: Participation = .confirmed,
        verdict: Verdict = .granted, code: DiagnosticCode? = nil, lost: RankElement? = nil
    ) throws -> ReportedBooking {
        var booking = try booking(uid, line: line, hours: hours, summary: summary)
        booking.participation = participation
        guard participation.takesPart else { return ReportedBooking(booking) }
        let reservation = try reservation(uid, source: "web", hours: hours, owner: "ann@example.org", summary: summary)
        let decision = try decision(reservation, verdict: lost == nil ? verdict : .declined, code: code, lost: lost)
        return ReportedBooking(booking, reservations: [ReportedReservation(reservation, decision)])
    }

    static func decision(
        _ reservation: Reservation, verdict: Verdict, code: DiagnosticCode? = nil, lost: RankElement? = nil
    ) throws -> Decision {
        let room = reservation.id.room
        return switch verdict {
        case .granted: Decision(id: reservation.id, verdict: .granted, code: code)
        case .duplicate:
            Decision(
                id: reservation.id, verdict: .duplicate, code: .duplicate,
                blocking: [ReservationID(uid: "team-1", room: room)])
        case .declined:
            Decision(
                id: reservation.id, verdict: .declined, code: code ?? .slotTaken, reason: lost,
                blocking: [ReservationID(uid: "ops-7", room: room)], nextFree: try slot(10..<11))
        }
    }

    static func booking(_ uid: String, line: Int, hours: Range<Int>, summary: String) throws -> Booking {
        let room = try #require(RoomName("blue"))
        return Booking(
            key: BookingKey(uid: uid), revision: Revision(sequence: 2, source: "web"),
            owner: Participant("ann@example.org"), summary: summary,
            rooms: [BookedRoom(name: room, shown: "Blue", rule: .location)],
            settings: RoomSettings(password: "canary-4711"), occurrences: [Occurrence(slot: try slot(hours))],
            line: line)
    }

    static func reservation(
        _ uid: String, source: String, hours: Range<Int>, owner: String, summary: String, recurrenceID: String? = nil
    ) throws -> Reservation {
        Reservation(
            id: ReservationID(
                uid: uid, recurrenceID: recurrenceID.map { RecurrenceID($0) }, room: try #require(RoomName("blue"))),
            slot: try slot(hours), owner: Participant(owner), summary: summary, shownRoom: "Blue",
            settings: RoomSettings(password: "canary-4711"), source: source)
    }

    /// Hours since 2026-12-07T00:00:00Z, a Monday.
    static func slot(_ hours: Range<Int>) throws -> TimeSlot {
        let monday = 1_796_601_600
        return try #require(
            TimeSlot(
                start: Date(timeIntervalSince1970: Double(monday + hours.lowerBound * 3_600)),
                end: Date(timeIntervalSince1970: Double(monday + hours.upperBound * 3_600))))
    }
}
