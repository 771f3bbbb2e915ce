import ArgumentParser
import Foundation
import ReservationStore
import Reservations

/// `bookwatch free`
struct FreeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "free",
        abstract: "Shows which rooms are free for a while.",
        discussion: """
            Of the rooms that the configuration names in full or that somebody has booked. `policy.buffer` is kept \
            free as well. Exit code 1 when there is none.
            """
    )

    @Option(help: "From this instant on, as 2026-12-08T10:00:00Z or 2026-12-08; now if it is left out.")
    var at: InstantArgument?

    @Option(name: .customLong("for"), help: "For how long, as 30m or 2h.")
    var length = "1h"

    @Flag(help: "JSON Lines.")
    var json = false

    @OptionGroup var configuration: ConfigurationOptions

    func validate() throws {
        guard (DurationText.parse(length) ?? .zero) > .zero else {
            throw ValidationError("--for '\(Output.shown(length))' is no length such as 30m or 2h")
        }
    }

    func run() async throws {
        let settings = try configuration.load()
        let configured = try BadConfiguration.told { () throws(BadConfiguration) in try settings.catalogue() }
        let store = try settings.openStoreForReading()
        let margin = Double(settings.policy.buffer.components.seconds)
        let start = at?.instant ?? Daemon.now()
        let end = start.addingTimeInterval(Double((DurationText.parse(length) ?? .zero).components.seconds))
        let rooms = Set(configured.patterns.compactMap { RoomPattern($0)?.room }).union(try await store.bookedRooms())
        var isNone = true
        for room in rooms.sorted() {
            let granted = try await store.reservations(
                of: room, touching: start.addingTimeInterval(-margin) ..< .distantFuture
            ).filter { $0.decision.verdict == .granted }
            let next = granted.map { $0.reservation.slot.start.addingTimeInterval(-margin) }.min()
            guard next.map({ $0 >= end }) ?? true else { continue }
            isNone = false
            let name = granted.first?.reservation.shownRoom ?? room.text
            if json {
                try Output.line(json: FreeRoom(room: name, until: next))
            } else {
                Output.line(
                    Output.shown("\(name)  \(next.map { "until \($0.formatted(.iso8601))" } ?? "from then on")"))
            }
        }
        guard isNone else { return }
        Output.progress("no room is free for \(length) from \(start.formatted(.iso8601)) on")
        throw ExitCode.findings
    }
}

/// A room as JSON Lines show it.
private struct FreeRoom: Encodable {
    let room: String
    /// `nil` where nothing is booked later.
    let until: Date?
}
