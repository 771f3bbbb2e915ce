import ArgumentParser
import Foundation
import ReservationStore
import Reservations

/// `bookwatch list`
struct ListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Shows reservations with what was decided about each.",
        discussion: "Room by room, in order of start; what touches the span is shown."
    )

    @Option(help: "Only this room.")
    var room: String?

    @Option(help: "From this instant on, as 2026-12-08T10:00:00Z or 2026-12-08; now if it is left out.")
    var from: InstantArgument?

    @Option(help: "Up to this instant; seven days later if it is left out.")
    var to: InstantArgument?

    @Flag(help: "JSON Lines.")
    var json = false

    @OptionGroup var configuration: ConfigurationOptions

    func validate() throws {
        if let room, RoomName(room) == nil {
            throw ValidationError("--room '\(Output.shown(room))' cannot be the name of a room")
        }
        if let from, let to, from.instant >= to.instant { throw ValidationError("--from must be before --to") }
    }

    func run() async throws {
        let settings = try configuration.load()
        let store = try settings.openStoreForReading()
        let begin = from?.instant ?? min(Daemon.now(), to?.instant ?? .distantFuture)
        let window = begin..<max(begin, to?.instant ?? begin.addingTimeInterval(7 * 86_400))
        let rooms = try await store.bookedRooms().filter { name in room.map { RoomName($0) == name } ?? true }
        var isEmpty = true
        for room in rooms {
            for stored in try await store.reservations(of: room, touching: window) {
                if json { try Output.line(json: ShownReservation(stored)) } else { Output.line(stored.line) }
                isEmpty = false
            }
        }
        if isEmpty { Output.progress("no reservation is in that span") }
    }
}
