import ArgumentParser
import Foundation
import Reports
import ReservationStore
import Reservations

/// `bookwatch agenda`
struct AgendaCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agenda", abstract: "Shows who has which room on a day or in a week, in order of time.")

    @Argument(help: "The day, as 2026-11-22, in the zone of the configuration; today if it is left out.")
    var day: DayArgument?

    @Flag(help: "Seven days from that one on.")
    var week = false

    @Flag(help: "JSON Lines.")
    var json = false

    @OptionGroup var configuration: ConfigurationOptions

    func run() async throws {
        let settings = try configuration.load()
        let zone = try BadConfiguration.told { () throws(BadConfiguration) in try settings.shownZone() }
        let store = try settings.openStoreForReading()
        let first = day.flatMap { $0.day(in: zone) } ?? LocalDay(of: Daemon.now(), in: zone)
        let window = first.start..<first.before(by: week ? -7 : -1).start
        var granted: [StoredReservation] = []
        for room in try await store.bookedRooms() {
            granted += try await store.reservations(of: room, touching: window)
                .filter { $0.decision.verdict == .granted }
        }
        granted.sort {
            ($0.reservation.slot.start, $0.reservation.id.room) < ($1.reservation.slot.start, $1.reservation.id.room)
        }
        for stored in granted {
            if json { try Output.line(json: ShownReservation(stored)) } else { Output.line(text(of: stored, in: zone)) }
        }
        if granted.isEmpty {
            Output.progress("no room is taken \(week ? "from" : "on") \(first.text)\(week ? " on" : "")")
        }
    }

    private func text(of stored: StoredReservation, in zone: TimeZone) -> String {
        let reservation = stored.reservation
        let style = Date.ISO8601FormatStyle(timeZone: zone)
        let words = [
            reservation.slot.start.formatted(style), reservation.slot.end.formatted(style), reservation.shownRoom,
            reservation.owner?.address ?? "nobody known", reservation.summary,
        ]
        return words.filter { !$0.isEmpty }.map(Output.shown).joined(separator: "  ")
    }
}
