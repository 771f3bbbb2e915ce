import ArgumentParser
import Reports
import Synchronizer

/// `bookwatch conflicts`
struct ConflictsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conflicts",
        abstract: "Shows the open conflicts: who did not get a room, who has it, and when it is free.",
        discussion: "Exit code 1 while there are any, unless --fail-on never."
    )

    @OptionGroup var output: ReportOptions
    @OptionGroup var configuration: ConfigurationOptions

    func run() async throws {
        let reports = try configuration.load().storedReports()
        try output.show(
            try await reports.conflicts(at: Daemon.now()), none: "no conflicts: every booking has its room")
    }
}
