import Diagnostics
import DirectoryWatch
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

    @Test("`sources` says what it does not know, of one that is silent and of one that takes too long")
    func looks() async throws {
        let (clock, silence) = (ManualClock(), DispatchSemaphore(value: 0))
        defer { for _ in 1...3 { silence.signal() } }
        let root = WatchedRoot("/mnt/hr")
        async let none = SourceScans(at: [root], clock: clock, by: { [silence] _ in silence.wait() })
        await clock.waitForSleeper()
        clock.advance(by: .seconds(2))
        #expect(await none.faults(of: root)["."]?.hasPrefix("SRC001 the directory does not answer") == true)

        async let half = SourceScans(
            at: [root], clock: clock, by: { _ in },
            scan: { [silence] root in
                silence.wait()
                return DirectoryScan(of: root)
            })
        await clock.waitForSleeper()
        await clock.waitForSleeper()
        clock.advance(by: .seconds(30))
        #expect(await half.faults(of: root)["."]?.hasPrefix("SRC001 the directory was not seen whole") == true)
    }

    @Test("`sources` tells of what it sees")
    func seen() async throws {
        let directory = try TemporaryDirectory()
        try directory.write("", to: "a.ics")
        let roots = [WatchedRoot(directory.path), WatchedRoot("\(directory.path)/none")]
        let looks = await SourceScans(at: Set(roots), clock: ManualClock())
        #expect(looks.faults(of: roots[0]) == [:])
        #expect(looks.faults(of: roots[1]) == [".": "SRC001 the source's directory is not there"])
    }
}
