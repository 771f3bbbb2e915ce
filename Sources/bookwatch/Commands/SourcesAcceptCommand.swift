import ArgumentParser
import Foundation
import ReservationStore
import Reservations

/// `bookwatch sources accept`
struct SourcesAcceptCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accept",
        abstract: "Lets withdrawals of a source through that are held, and exports go whose disk is gone.",
        discussion: """
            Exactly those that it shows: bookings that exports have no more, and whole exports on a disk that is not \
            there. What is seen again before the daemon applies it stays.
            """
    )

    @Argument(help: "The source's name.")
    var source: String

    @Flag(help: "Only show them.")
    var dryRun = false

    @OptionGroup var configuration: ConfigurationOptions

    func run() async throws {
        let settings = try configuration.load()
        let store = try dryRun ? settings.openStoreForReading() : settings.openStoreBesideDaemon()
        let held = try await store.held(ofSource: source)
        let away = try await store.away(ofSource: source, at: Daemon.now())
        guard !held.isEmpty || !away.isEmpty else {
            Output.error("nothing of '\(source)' is held, and no disk of it is missing\(hint(settings))")
            throw ExitCode.noInput
        }
        for booking in held { Output.line(Self.line(booking)) }
        for export in away { Output.line(Self.line(export)) }
        guard !dryRun else { return }
        try await store.accept(held)
        try await store.letGo(away)
        let done = [
            held.isEmpty ? nil : "\(held.count) withdrawals are let through",
            away.isEmpty ? nil : "\(away.count) exports are let go of",
        ]
        Output.progress("\(done.compactMap(\.self).joined(separator: ", ")); the daemon applies this within seconds")
    }

    private func hint(_ settings: Configuration) -> String {
        guard !settings.sources.contains(where: { $0.name == source }) else { return "" }
        let known = settings.sources.map(\.name)
        return Spelling.nearest(to: source, among: known).map { ": did you mean '\($0)'?" } ?? ""
    }

    private static func line(_ held: HeldBooking) -> String {
        let booking = held.booking
        let first = booking.occurrences.first { $0.slot.end > Daemon.now() }?.slot.start.formatted(.iso8601) ?? ""
        let words = [
            "\(held.export.path):\(booking.line)", booking.key.uid,
            booking.rooms.map(\.name.text).joined(separator: ","),
            first, booking.summary, held.isAccepted ? "let through before" : "",
        ]
        return words.filter { !$0.isEmpty }.map(Output.shown).joined(separator: "  ")
    }

    private static func line(_ away: AwayExport) -> String {
        let words = [
            away.name.path, "its disk is not there",
            "\(away.future) future \(away.future == 1 ? "booking" : "bookings")",
            away.isLetGo ? "let go of before" : "",
        ]
        return words.filter { !$0.isEmpty }.map(Output.shown).joined(separator: "  ")
    }
}
