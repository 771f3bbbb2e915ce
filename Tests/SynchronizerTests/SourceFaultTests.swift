import Diagnostics
import DirectoryWatch
import Foundation
import Glibc
import Reports
import ReservationStore
import TestSupport
import Testing

@testable import Synchronizer

@Suite("Faults of sources")
struct SourceFaultTests {
    @Test(
        "A file that is gone has vanished; a directory of a source that is not there cannot be read",
        arguments: [(SourceFault.vanished, DiagnosticCode.vanished), (.noRoot, .unreadable)])
    func gone(fault: SourceFault, code: DiagnosticCode) {
        #expect(Diagnostic(fault, file: "").code == code)
    }

    @Test("A file that cannot be used has a report that says why, and what it had stays")
    func inReport() async throws {
        var steps = try Steps()
        try steps.exports.write(export(("a", 10)), to: "a.ics")
        await steps.wait(.seconds(5))
        #expect(try await steps.granted() == ["a"])

        try FileManager.default.removeItem(at: steps.exports.url.appending(path: "a.ics"))
        let outside = steps.state.path + "/other.ics"
        try FileManager.default.createSymbolicLink(
            atPath: steps.exports.path + "/a.ics", withDestinationPath: outside)
        let isMade = unsafe mkfifo(steps.exports.path + "/pipe.ics", 0o600)
        #expect(isMade == 0)
        await steps.wait(.seconds(400))
        #expect(try await steps.granted() == ["a"])
        for name in ["a", "pipe"] {
            let text = try steps.report("hr/\(name).ics.report.json")
            #expect(text.contains("\"verdict\": \"rejected\""))
            #expect(text.contains("\"code\": \"SRC011\""))
        }
        #expect(try steps.report("index.json").contains("\"export\": \"pipe.ics\""))

        let passes = try await steps.store.everythingToReport()?.current
        await steps.wait(.seconds(1_000))
        #expect(try await steps.store.everythingToReport()?.current == passes)

        try FileManager.default.removeItem(atPath: steps.exports.path + "/pipe.ics")
        try FileManager.default.removeItem(atPath: steps.exports.path + "/a.ics")
        try steps.exports.write(export(("a", 10)), to: "a.ics")
        await steps.wait(.seconds(400))
        #expect(try steps.report("hr/a.ics.report.json").contains("\"verdict\": \"accepted\""))
        #expect(throws: CocoaError.self) { try steps.report("hr/pipe.ics.report.json") }
    }

    @Test(
        "An export that can be seen and not read is told once, and again when it has changed or was read meanwhile",
        .enabled(if: geteuid() != 0, "root reads all"))
    func unreadable() async throws {
        var steps = try Steps()
        let file = steps.exports.path + "/a.ics"
        func close(_ mode: mode_t = 0) throws { try #require(unsafe chmod(file, mode) == 0) }
        func told() -> Int { steps.logged.with("cannot use a file or directory SRC001 a.ics").count }
        try steps.exports.write(export(("a", 10)), to: "a.ics")
        try close()
        await steps.wait(.seconds(3_000))
        #expect(told() == 1)
        await steps.wait(.seconds(3_000), hints: [steps.renamed("a.ics")])
        #expect(told() == 1)

        // The mode is part of what it looks like by way of the ctime.
        try close()
        await steps.wait(.seconds(3_000), hints: [steps.renamed("a.ics")])
        #expect(told() == 2)

        try close(0o600)
        await steps.wait(.seconds(400))
        #expect(try await steps.granted() == ["a"])
        try close()
        await steps.wait(.seconds(3_000))
        #expect(told() == 3)

        try FileManager.default.removeItem(atPath: file)
        await steps.wait(.seconds(400))
        try steps.exports.write(export(("a", 10)), to: "a.ics")
        try close()
        await steps.wait(.seconds(400))
        #expect(told() == 4)
    }

    @Test("Where a large export finds no room for its bookings, the others are served, and it is read later")
    func noRoom() async throws {
        var steps = try Steps()
        steps.limitSpools(to: 4_096)
        try steps.exports.write(Self.largeExport(bookings: 300), to: "a.xml")
        try steps.exports.write(export(("b", 10)), to: "b.ics")
        await steps.wait(.seconds(1_000))
        #expect(try await steps.granted() == ["b"])
        #expect(steps.logged.with("cannot use a file or directory SRC001 a.xml").count == 1)
        let report = try steps.report("hr/a.xml.report.json")
        #expect(report.contains("\"code\": \"SRC001\""))
        #expect(report.contains("cannot be read for want of a temporary file: No space left on device"))
        #expect(steps.logged.with("the store does not answer").isEmpty)

        steps.limitSpools(to: .max)
        await steps.wait(.seconds(400))
        #expect(try await steps.granted().count == 301)
    }

    @Test("What was read while the store would not take the faults of directories is not lost")
    func storeFailsForAWhile() async throws {
        let store = try ReservationStore.inMemory()
        var steps = try Steps(store: store)
        await steps.wait(.seconds(5))
        try await store.refuseUpdates(true, of: "watched")
        // One name in two Unicode forms: a fault of the directory.
        try steps.exports.write("", to: "\u{FC}.ics")
        try steps.exports.write("", to: "u\u{308}.ics")
        try steps.exports.write(export(("a", 10)), to: "a.ics")
        await steps.wait(.seconds(400))
        #expect(!steps.logged.with("the store does not answer").isEmpty)
        try await store.refuseUpdates(false, of: "watched")
        await steps.wait(.seconds(5))
        #expect(try await steps.granted() == ["a"])
    }

    /// So long that it is not kept in memory.
    private static func largeExport(bookings: Int) -> String {
        let filling = "<!-- \(String(repeating: "x", count: 100_000)) -->\n"
        let entries = (0..<bookings).map { number in
            """
            <booking id="large-\(number)">
              <room>https://meet.example.org/blue</room>
              <title>\(String(repeating: "t", count: 100))</title>
              <start>2026-12-\(10 + number / 24)T\(number % 24 < 10 ? "0" : "")\(number % 24):00:00Z</start>
              <duration>PT1H</duration>
            </booking>

            """
        }
        return "<bookings xmlns='urn:bookwatch:bookings:1'>\n"
            + String(repeating: filling, count: 1 + Int(ExportContents.keptBytes) / filling.utf8.count)
            + entries.joined() + "</bookings>\n"
    }

    @Test("A source without any export, or without its directory, is in the index")
    func inIndex() async throws {
        var steps = try Steps()
        await steps.wait(.seconds(5))
        let before = try steps.report("index.json")
        #expect(before.contains("\"name\": \"hr\"") && before.contains("\"faults_total\": 0"))

        try FileManager.default.removeItem(at: steps.exports.url)
        await steps.wait(.seconds(400))
        let index = try steps.report("index.json")
        #expect(index.contains("\"faults_total\": 1") && index.contains("\"code\": \"SRC001\""))

        try FileManager.default.createDirectory(at: steps.exports.url, withIntermediateDirectories: false)
        await steps.wait(.seconds(400))
        #expect(try steps.report("index.json") == before)
    }
}
