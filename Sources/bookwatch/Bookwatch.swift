import ArgumentParser

/// Prosody's answer to "may this room open now?", from the calendars that people keep anyway.
@main
struct Bookwatch: AsyncParsableCommand {
    /// Semantic versioning; the store and the reports have numbers of their own.
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "bookwatch",
        abstract: "Turns exported bookings into reservations of Jitsi rooms, and answers Jitsi's Prosody.",
        version: "bookwatch \(version)",
        subcommands: [
            ServeCommand.self, ReloadCommand.self, ImportCommand.self, CheckCommand.self, ReadCommand.self,
            ListCommand.self, AgendaCommand.self, FreeCommand.self, ExplainCommand.self, ConflictsCommand.self,
            ExpiriesCommand.self, ReportCommand.self, RefusalsCommand.self,
            SourcesCommand.self, MappingCommand.self, BackupCommand.self, RestoreCommand.self,
        ]
    )
}
