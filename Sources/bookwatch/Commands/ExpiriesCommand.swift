import ArgumentParser
import Foundation
import Reports
import Synchronizer

/// `bookwatch expiries`
struct ExpiriesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "expiries",
        abstract: "Shows what became of the reservations that ended on a day.",
        discussion: "As far back as the store goes; the reports directory has older days."
    )

    @Argument(help: "The day, as 2026-11-22, in the zone of the configuration; today if it is left out.")
    var day: DayArgument?

    @OptionGroup var output: ReportOptions
    @OptionGroup var configuration: ConfigurationOptions

    func run() async throws {
        let settings = try configuration.load()
        let zone = try BadConfiguration.told { () throws(BadConfiguration) in try settings.shownZone() }
        let day = day.flatMap { $0.day(in: zone) } ?? LocalDay(of: Daemon.now(), in: zone)
        try output.show(
            try await settings.storedReports().expiries(on: day), none: "no reservation ended on \(day.text)")
    }
}
