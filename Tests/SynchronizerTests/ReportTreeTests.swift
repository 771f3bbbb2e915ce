import Foundation
import Logging
import Reports
import Reservations
import TestSupport
import Testing

@testable import ReservationStore
@testable import Synchronizer

@Suite("All reports at once")
struct ReportTreeTests {
    @Test("What is written from the store elsewhere is what the daemon writes, but for the log of events")
    func same() async throws {
        var steps = try Steps()
        try steps.exports.write(export(("a", 10), ("b", 10)), to: "a.ics")
        try steps.exports.write(export(("c", 10), ("d", 12)), to: "team/c.ics")
        await steps.wait(.seconds(2))
        let after = noon.addingTimeInterval(10 * 86_400)
        try await steps.expireAll(until: after)
        await steps.wait(.seconds(2), days: 10)
        let elsewhere = try TemporaryDirectory()
        let tally = try #require(try await steps.writer(to: elsewhere).writeTree(at: after))
        #expect(tally.failures.isEmpty)
        var (expected, written) = (try steps.state.texts(), try elsewhere.texts())
        #expect(expected.removeValue(forKey: "events.jsonl") != nil)
        #expect(written.keys.sorted() == expected.keys.sorted())
        #expect(written.keys.contains("expiries/2026-12-01.csv") && written.keys.contains("rooms/blue.ifb"))
        for (name, text) in written { #expect(text == expected.removeValue(forKey: name), "\(name)") }
    }

    @Test(
        "An export that tells no change is unchanged, and so is what it told before",
        arguments: [
            ("a.ics", export(("a", 10)), export(("a", 10)).replacing("VERSION", with: "METHOD:REPLY\nVERSION")),
            (
                "a.xml",
                """
                <bookings xmlns="urn:bookwatch:bookings:1" mode="changes"><booking id="a"><room>blue</room>
                <start>2026-12-01T10:00:00Z</start><duration>PT1H</duration></booking></bookings>
                """, "<bookings xmlns=\"urn:bookwatch:bookings:1\" mode=\"changes\"/>"
            ),
        ])
    func unchanged(name: String, before: String, after: String) async throws {
        var steps = try Steps()
        try steps.exports.write(before, to: name)
        await steps.wait(.seconds(2))
        #expect(try steps.report("hr/\(name).report.json").contains("\"verdict\": \"accepted\""))
        try steps.exports.write(after, to: name)
        await steps.wait(.seconds(2), hints: [steps.renamed(name)])
        #expect(try steps.report("hr/\(name).report.json").contains("\"verdict\": \"unchanged\""))
        #expect(try steps.report("index.json").contains("\"unchanged\": 1"))
        #expect(try await steps.granted() == ["a"])
    }

    @Test("It notes nothing: what the daemon has not told yet it still tells")
    func readOnly() async throws {
        var steps = try Steps(isReporting: false)
        try steps.exports.write(export(("a", 10)), to: "a.ics")
        await steps.wait(.seconds(2))
        let before = try await steps.store.news(forReportsBy: "settings")
        let elsewhere = try TemporaryDirectory()
        _ = try #require(try await steps.writer(to: elsewhere).writeTree(at: noon))
        #expect(try elsewhere.texts()["index.json"]?.contains("\"accepted\": 1") == true)
        #expect(try await steps.store.news(forReportsBy: "settings") == before)
    }

    @Test("Before the first pass there is nothing to write")
    func nothing() async throws {
        let steps = try Steps()
        let elsewhere = try TemporaryDirectory()
        #expect(try await steps.writer(to: elsewhere).writeTree(at: noon) == nil)
        #expect(try elsewhere.texts().isEmpty)
    }
}

extension Steps {
    fileprivate func writer(to directory: TemporaryDirectory) -> ReportWriter {
        ReportWriter(
            store, ReportSettings(directory: directory.path, zone: .gmt, disclosure: .time),
            logger: Logger(label: "test") { _ in CollectingLog(lines: logged) })
    }
}

extension TemporaryDirectory {
    /// The files below, by path.
    fileprivate func texts() throws -> [String: String] {
        var texts: [String: String] = [:]
        for path in try FileManager.default.subpathsOfDirectory(atPath: path) {
            let file = url.appending(path: path)
            guard try file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true else { continue }
            texts[path] = try String(contentsOf: file, encoding: .utf8)
        }
        return texts
    }
}
