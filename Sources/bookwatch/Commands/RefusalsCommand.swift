import ArgumentParser
import Diagnostics
import Foundation
import ReservationStore
import Reservations

/// `bookwatch refusals`
struct RefusalsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "refusals",
        abstract: "Shows who was refused, when and why.",
        discussion: "One line a minute, room, reason and person. Askers are forgotten after a while."
    )

    @Option(help: "Only this room.")
    var room: String?

    @Option(help: "From this instant on, as 2026-12-08T10:00:00Z or 2026-12-08; the last 24 hours if it is left out.")
    var since: InstantArgument?

    @Flag(help: "JSON Lines.")
    var json = false

    @OptionGroup var configuration: ConfigurationOptions

    func validate() throws {
        guard let room, RoomName(room) == nil else { return }
        throw ValidationError("--room '\(Output.shown(room))' cannot be the name of a room")
    }

    func run() async throws {
        let settings = try configuration.load()
        let store = try settings.openStoreForReading()
        let from = since?.instant ?? Daemon.now().addingTimeInterval(-86_400)
        let refusals = try await store.refusals(of: room.flatMap { RoomName($0) }, since: from)
        for refusal in refusals {
            if json { try Output.line(json: Line(refusal)) } else { Output.line(text(of: refusal)) }
        }
        if refusals.isEmpty { Output.progress("nobody was refused") }
    }

    private func text(of refusal: RefusalRow) -> String {
        let asker = refusal.asker.map { $0.isEmpty ? "nobody known" : $0 } ?? "forgotten"
        let words = [
            refusal.firstAt.formatted(.iso8601), refusal.room, refusal.code.rawValue, asker,
            refusal.count == 1 ? "once" : "\(refusal.count) times until \(refusal.lastAt.formatted(.iso8601))",
        ]
        return words.map(Output.shown).joined(separator: "  ")
    }
}

/// A refusal as JSON Lines show it.
private struct Line: Encodable {
    let first, last, room, code: String
    let asker: String?
    let count: Int

    init(_ refusal: RefusalRow) {
        first = refusal.firstAt.formatted(.iso8601)
        last = refusal.lastAt.formatted(.iso8601)
        room = refusal.room
        code = refusal.code.rawValue
        asker = refusal.asker
        count = refusal.count
    }
}
