import ArgumentParser
import Foundation
import Reports
import ReservationStore
import Synchronizer

/// How a report is printed.
struct ReportOptions: ParsableArguments {
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json, xml, csv, html

        /// `nil` for a terminal.
        var ofFile: ReportFormat? { ReportFormat(rawValue: rawValue) }
    }

    @Option(help: "text, json, xml, csv or html; all but text are as in the reports.")
    var format = Format.text

    @Flag(help: "The same as --format json.")
    var json = false

    @Option(help: "The least grave item that makes the exit code 1: error, warning or never.")
    var failOn = FailThreshold.error

    func validate() throws {
        guard !json || [.text, .json].contains(format) else {
            throw ValidationError("--json and --format \(format.rawValue) contradict each other")
        }
    }

    /// Prints `report`; where there is nothing to tell in text, `words` say so.
    ///
    /// - Throws: exit code 1 where something is grave enough.
    func show(_ report: some Report, none words: String) throws {
        if let format = json ? .json : format.ofFile {
            Output.write(format.bytes(of: report))
        } else {
            let lines = report.lines()
            for line in lines { Output.line(Output.shown(line)) }
            if lines.isEmpty { Output.progress(words) }
        }
        if failOn.isReached(by: report.gravest) { throw ExitCode.findings }
    }
}

extension Configuration {
    /// The reports that follow from the store as it is now.
    func storedReports() throws -> StoredReports {
        let settings = try BadConfiguration.told { () throws(BadConfiguration) in try reportSettings() }
        return StoredReports(try openStoreForReading(), settings)
    }
}
