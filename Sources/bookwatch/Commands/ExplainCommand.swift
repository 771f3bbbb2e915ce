import ArgumentParser
import ConferenceAPI
import Diagnostics
import Foundation
import ReservationStore
import Reservations

/// `bookwatch explain ROOM --at TIME`, `bookwatch explain CODE`
struct ExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Explains what a request for a room would be answered, or a diagnostic code.",
        discussion: "bookwatch explain blue --at 2026-12-08T10:00:00Z --owner ann@example.org\nbookwatch explain CNF001"
    )

    @Argument(help: "A room's name, or a code such as CNF001.")
    var subject: String

    @Option(help: "The instant that is asked about; now if it is left out.")
    var at: InstantArgument?

    @Option(help: "Who asks.")
    var owner: String?

    @OptionGroup var configuration: ConfigurationOptions

    func run() async throws {
        if let code = DiagnosticCode(rawValue: subject.uppercased()) {
            Output.line(Catalogue.explanation(for: code))
            return
        }
        let settings = try configuration.load()
        let policy = try BadConfiguration.told { () throws(BadConfiguration) in try settings.admissionPolicy() }
        let zone = try BadConfiguration.told { () throws(BadConfiguration) in try settings.shownZone() }
        let path = settings.store.path ?? ""
        guard FileManager.default.fileExists(atPath: path) else {
            Output.error("there is no store at \(path): has the daemon run with this configuration?")
            throw ExitCode.noInput
        }
        let store: ReservationStore
        do {
            store = try ReservationStore.openForReading(at: path)
        } catch {
            Output.error("\(error)")
            throw ExitCode.cannotRead
        }
        let now = Daemon.now()
        let instant = at?.instant ?? now
        let (admission, room) = try await store.wouldAdmit(
            subject, at: instant, mailOwner: owner, policy: policy, now: now
        )
        Output.line(
            "A POST for room '\(subject)' at \(instant.formatted(.iso8601))" + (owner.map { " by \($0)" } ?? "") + ":")
        Output.line("  " + AdmissionText(zone: zone).text(of: admission, at: now))
        guard let name = RoomName(subject) else { return }
        try await tellReservations(of: name, around: instant, in: store)
        for conference in room.open {
            Output.line("  conference \(conference.id) is open since \(conference.openedAt.formatted(.iso8601))")
        }
    }

    /// Everything that wants the room on that day, with what was decided.
    private func tellReservations(of room: RoomName, around instant: Date, in store: ReservationStore) async throws {
        let day = instant.addingTimeInterval(-43_200)..<instant.addingTimeInterval(43_200)
        let reservations = try await store.reservations(of: room, touching: day)
        if reservations.isEmpty { Output.line("  nobody has booked it within 12 hours of that") }
        for stored in reservations {
            let slot = stored.reservation.slot
            var line = "  \(stored.decision.verdict.rawValue): \(slot.start.formatted(.iso8601)) to "
            line += "\(slot.end.formatted(.iso8601))"
            line += " booking \(stored.reservation.id.uid) of source '\(stored.reservation.source)'"
            if let code = stored.decision.code { line += ", \(code.rawValue)" }
            if let reason = stored.decision.reason { line += ", reason: \(reason.rawValue)" }
            if !stored.decision.blocking.isEmpty {
                line += ", in the way: " + stored.decision.blocking.map(\.uid).joined(separator: ", ")
            }
            Output.line(line)
        }
    }
}
