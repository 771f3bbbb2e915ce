import ArgumentParser
import Foundation
import ReservationStore
import Reservations

/// `bookwatch sources accept`
struct SourcesAcceptCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accept",
        abstract: "Lets through the withdrawals of a source that are held: exactly those that it shows."
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
        guard !held.isEmpty else {
            Output.error("nothing of '\(source)' is held\(hint(settings))")
            throw ExitCode.noInput
        }
        for booking in held { Output.line(Self.line(booking)) }
        guard !dryRun else { return }
        try await store.accept(held)
        Output.progress("\(held.count) withdrawals are let through; the daemon applies them within seconds")
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
}
