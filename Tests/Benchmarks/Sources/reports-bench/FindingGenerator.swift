import Diagnostics
import Foundation
import Reports
import Reservations

/// A hundred exports with a thousand findings each; the same every time. A quarter of the bookings is declined, a
/// quarter was read otherwise than it is written.
struct FindingGenerator {
    static let exports = 100
    static let bookingsAnExport = 800
    /// One a booking, and one more for each that was read otherwise.
    static let findings = exports * (bookingsAnExport + bookingsAnExport / 4)

    private let winner: Reservation
    let context: ReportContext

    init() throws {
        let winner = try Self.reservation("winner", hour: 0, owner: "eve@example.org", source: "other")
        self.winner = winner
        context = ReportContext(zone: .gmt) { $0 == winner.id ? winner : nil }
    }

    func report(_ number: Int) throws -> ExportReport {
        let bookings = try (0..<Self.bookingsAnExport).map { try booking($0, of: number) }
        let diagnostics = stride(from: 1, to: Self.bookingsAnExport, by: 4).map { index in
            Diagnostic(
                .badMaxOccupants, line: index * 12, uid: uid(index, of: number),
                "max occupants is 'many', ignored")
        }
        return ExportReport(
            source: "office-\(number % 10)", export: "export-\(number).ics", usage: .inForce, bookings: bookings,
            diagnostics: diagnostics, context: context)
    }

    private func uid(_ index: Int, of export: Int) -> String { "\(export)-\(index)@bookings.example.org" }

    private func booking(_ index: Int, of export: Int) throws -> ReportedBooking {
        let reservation = try Self.reservation(
            uid(index, of: export), hour: index, owner: "person\(index % 500)@example.org",
            source: "office-\(export % 10)")
        let isDeclined = index % 4 == 0
        let decision = Decision(
            id: reservation.id, verdict: isDeclined ? .declined : .granted, code: isDeclined ? .slotTaken : nil,
            reason: isDeclined ? .created : nil, blocking: isDeclined ? [winner.id] : [],
            nextFree: isDeclined ? reservation.slot : nil)
        let booking = Booking(
            key: BookingKey(uid: reservation.id.uid), revision: Revision(sequence: 1, source: reservation.source),
            owner: reservation.owner, summary: reservation.summary,
            rooms: [BookedRoom(name: reservation.id.room, shown: reservation.shownRoom, rule: .location)],
            occurrences: [Occurrence(slot: reservation.slot)], line: index * 12)
        return ReportedBooking(booking, reservations: [ReportedReservation(reservation, decision)])
    }

    private static func reservation(
        _ uid: String, hour: Int, owner: String, source: String
    ) throws -> Reservation {
        let start = Date(timeIntervalSince1970: 1_796_601_600 + Double(hour) * 3_600)
        guard let room = RoomName("room-\(hour % 20)"), let slot = TimeSlot(start: start, end: start + 3_600) else {
            throw ReportComparison.Failure(description: "a room without a name or a length")
        }
        return Reservation(
            id: ReservationID(uid: uid, room: room), slot: slot, owner: Participant(owner),
            summary: "Meeting of the planning group \(hour)", shownRoom: "Room \(hour % 20)", settings: RoomSettings(),
            source: source)
    }
}
