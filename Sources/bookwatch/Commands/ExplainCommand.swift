import ArgumentParser
import ConferenceAPI
import Diagnostics
import Foundation
import ReservationStore
import Reservations

/// `bookwatch explain ROOM --at TIME`, `bookwatch explain --uid UID`, `bookwatch explain CODE`
struct ExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Explains what a request for a room would be answered, what became of a booking, or a code.",
        discussion: """
            bookwatch explain blue --at 2026-12-08T10:00:00Z --owner ann@example.org
            bookwatch explain --uid ops-7@example.org
            bookwatch explain CNF001
            """
    )

    @Argument(help: "A room's name, or a code such as CNF001.")
    var subject: String?

    @Option(help: "The UID of a booking: what every export says about it, and what became of it.")
    var uid: String?

    @Option(help: "The instant that is asked about, as 2026-12-08T10:00:00Z or 2026-12-08; now if it is left out.")
    var at: InstantArgument?

    @Option(help: "Who asks.")
    var owner: String?

    @OptionGroup var configuration: ConfigurationOptions

    func validate() throws {
        guard (subject == nil) != (uid == nil) else {
            throw ValidationError("Name a room or a code, or a booking with --uid.")
        }
    }

    func run() async throws {
        if let code = subject.flatMap({ DiagnosticCode(rawValue: $0.uppercased()) }) {
            Output.line(Catalogue.explanation(for: code))
            return
        }
        if let subject, DiagnosticCode.looksLikeOne(subject) {
            Output.progress("no diagnostic has the code \(subject.uppercased()), so it is taken for a room's name")
        }
        let settings = try configuration.load()
        let store = try settings.openStoreForReading()
        if let uid { try await tell(ofUID: uid, in: store) }
        if let subject { try await tell(ofRoom: subject, by: settings, in: store) }
    }

    private func tell(ofUID uid: String, in store: ReservationStore) async throws {
        let entries = try await store.story(ofUID: uid)
        let expiries = try await store.expiries(ofUID: uid)
        // An entry that was rejected is no booking, but may be just the one that somebody looks for.
        let findings = try await store.exports().flatMap { export in
            let file = "\(export.name.source)/\(export.name.path)"
            return export.diagnostics.filter { $0.uid == uid }.map { $0.located(in: file) }
        }
        guard !entries.isEmpty || !expiries.isEmpty || !findings.isEmpty else {
            Output.error(Output.shown("no export has a booking with the UID '\(uid)'"))
            throw ExitCode.findings
        }
        for line in entries.flatMap(\.lines) { Output.line(Output.shown(line)) }
        for expiry in expiries { Output.line(Output.shown("  \(expiry.line)")) }
        for finding in findings { Output.line(Output.shown(finding)) }
    }

    private func tell(ofRoom room: String, by settings: Configuration, in store: ReservationStore) async throws {
        let policy = try BadConfiguration.told { () throws(BadConfiguration) in try settings.admissionPolicy() }
        let zone = try BadConfiguration.told { () throws(BadConfiguration) in try settings.shownZone() }
        let now = Daemon.now()
        let instant = at?.instant ?? now
        let (admission, state) = try await store.wouldAdmit(
            room, at: instant, mailOwner: owner, policy: policy, now: now
        )
        let asker = owner.map { " by \($0)" } ?? ""
        Output.line(Output.shown("A POST for room '\(room)' at \(instant.formatted(.iso8601))\(asker):"))
        let answer =
            try await store.isReady()
            ? AdmissionText(zone: zone).text(of: admission, at: now) : "503: the first pass is not completed yet"
        Output.line(Output.shown("  " + answer))
        guard let name = RoomName(room) else { return }
        try await tellReservations(of: name, around: instant, in: store)
        for conference in state.open {
            Output.line("  conference \(conference.id) is open since \(conference.openedAt.formatted(.iso8601))")
        }
    }

    /// Everything that wants the room on that day, with what was decided.
    private func tellReservations(of room: RoomName, around instant: Date, in store: ReservationStore) async throws {
        let day = instant.addingTimeInterval(-43_200)..<instant.addingTimeInterval(43_200)
        let reservations = try await store.reservations(of: room, touching: day)
        if reservations.isEmpty { Output.line("  nobody has booked it within 12 hours of that") }
        for stored in reservations { Output.line(Output.shown("  \(stored.line)")) }
    }
}

extension DiagnosticCode {
    /// Whether `text` is of the form of a code: a known family and three digits.
    fileprivate static func looksLikeOne(_ text: String) -> Bool {
        let families = Set(allCases.map { $0.rawValue.prefix(3) })
        let number = text.dropFirst(3)
        return families.contains(text.prefix(3).uppercased()[...]) && number.count == 3
            && number.allSatisfy { $0.isASCII && $0.isNumber }
    }
}
