import Diagnostics
import Foundation
import Synchronizer
import TestSupport
import Testing

@testable import bookwatch

@Suite("Directories that do not answer")
struct SilentDirectoryTests {
    private static func configuration(reports: String) throws -> Configuration {
        try ConfigurationFile.read(
            "sources: [{name: hr, directory: /mnt/hr}]\nreports: {directory: \(reports)}", file: "b.yaml")
    }

    @Test("The start goes on without them, and says which it knows nothing of")
    func warnings() throws {
        let configuration = try Self.configuration(reports: "/mnt/reports")
        let prepared = try PreparedConfiguration(configuration, found: FoundDirectories([:]))
        #expect(prepared.sources.map(\.name) == ["hr"])
        #expect(prepared.warnings.map(\.code) == [.unreadable, .reportNotWritten])
        #expect(prepared.warnings.first?.message == "source 'hr': /mnt/hr does not answer")
        #expect(prepared.warnings.last?.message == "reports.directory: /mnt/reports does not answer")
    }

    @Test("Reports in one that is watched are refused still, as far as the names tell")
    func reportsInside() throws {
        let configuration = try Self.configuration(reports: "/mnt/hr/reports")
        #expect(throws: BadConfiguration.self) {
            _ = try PreparedConfiguration(configuration, found: FoundDirectories([:]))
        }
    }

    @Test("One of --watch is watched, named as any other one; one that is missing is refused")
    func watched() throws {
        var configuration = Configuration()
        try configuration.watch("/mnt/silent/")
        #expect(configuration.sources.map(\.name) == ["silent"])
        #expect(configuration.sources.map(\.directory) == ["/mnt/silent"])
        try Configuration.refuseToWatch("/mnt/silent/", unlessFit: FoundDirectories([:]))
        let directory = try TemporaryDirectory()
        let missing = "\(directory.path)/none"
        #expect(throws: BadConfiguration.self) {
            try Configuration.refuseToWatch(
                missing, unlessFit: FoundDirectories([missing: FoundDirectory(at: missing)]))
        }
    }

    @Test(
        "A path of the configuration becomes absolute by its text alone, however it is written",
        arguments: ["hr", "../x/hr/", "./hr/."])
    func settled(written: String) throws {
        let text = "sources: [{name: hr, directory: \(written), reports_to: \(written)/out}]"
        let settled = try ConfigurationFile.read(text, file: "b.yaml").settled(in: "/x", state: "/state")
        #expect(settled.sources.map(\.directory) == ["/x/hr"])
        #expect(settled.sources.map(\.reportsTo) == ["/x/hr/out"])
    }
}
