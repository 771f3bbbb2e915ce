import Foundation
import Reports
import Reservations
import TestSupport
import Testing

@testable import ReservationStore
@testable import Synchronizer

/// From files to the tree of reports.
@Suite("Writing back")
struct ReportingTests {
    @Test("Exports and conflicts are told in every format, with an index, free/busy and the events")
    func tree() async throws {
        var steps = try Steps()
        try steps.exports.write(export(("a", 10)), to: "team/a.ics")
        try steps.exports.write(export(("b", 10)), to: "b.ics")
        await steps.wait(.seconds(2))
        let reports = ["conflicts", "hr/b.ics.report", "hr/team/a.ics.report"]
        let expected =
            reports.flatMap { name in ReportFormat.allCases.map { "\(name).\($0.rawValue)" } }
            + ["events.jsonl", "index.html", "index.json", "rooms/blue.ifb"]
        #expect(try steps.state.files() == expected.sorted())
        #expect(try steps.report("events.jsonl").contains("\"event\":\"declined\""))
        #expect(try steps.report("index.json").contains("\"conflicts_total\": 1"))
    }

    @Test("A pass without a change touches no file, nor does a restart")
    func unchanged() async throws {
        var steps = try Steps()
        try steps.exports.write(export(("a", 10), ("b", 10)), to: "a.ics")
        await steps.wait(.seconds(2))
        let before = try steps.state.stamps()
        try steps.exports.write(export(("a", 10), ("b", 10)), to: "a.ics")
        await steps.wait(.seconds(400), hints: [steps.renamed("a.ics")])
        #expect(try steps.state.stamps().filter { before[$0.key] != $0.value }.keys.sorted() == [])
        var again = try Steps(store: steps.store, state: steps.state)
        try again.exports.write(export(("a", 10), ("b", 10)), to: "a.ics")
        await again.wait(.seconds(2))
        #expect(try steps.state.stamps().filter { before[$0.key] != $0.value }.keys.sorted() == [])
    }

    @Test("A pass touches the reports, rooms and days that it concerns, and no others")
    func touched() async throws {
        var steps = try Steps()
        for room in ["blue", "green"] {
            try steps.exports.write(export(("in-\(room)", 10)).inRoom(room), to: "\(room).ics")
        }
        await steps.wait(.seconds(2))
        let before = try steps.state.stamps()
        try steps.exports.write(export(("late", 10)).inRoom("green"), to: "late.ics")
        await steps.wait(.seconds(2), hints: [steps.renamed("late.ics")])
        let changed = try steps.state.stamps().filter { before[$0.key] != $0.value }.keys.sorted()
        #expect(!changed.contains { $0.contains("blue") })
        #expect(changed.contains("hr/late.ics.report.json") && changed.contains("conflicts.csv"))
        // Nothing has changed for the winner, neither its slot nor what is said about it.
        #expect(!changed.contains("hr/green.ics.report.json") && !changed.contains("rooms/green.ifb"))
    }

    @Test("A report that names another booking follows when that one changes")
    func blockers() async throws {
        var steps = try Steps()
        try steps.exports.write(export(("first", 10)), to: "first.ics")
        try steps.exports.write(export(("late", 10)), to: "late.ics")
        await steps.wait(.seconds(2))
        #expect(try steps.report("hr/late.ics.report.csv").contains("by \"\"Meeting\"\""))
        let renamed = export(("first", 10)).replacing("SUMMARY:Meeting", with: "SUMMARY:Audit")
        try steps.exports.write(renamed, to: "first.ics")
        await steps.wait(.seconds(2), hints: [steps.renamed("first.ics")])
        #expect(try steps.report("hr/late.ics.report.csv").contains("by \"\"Audit\"\""))
    }

    @Test("What was committed and not told before a crash is told after it, events included")
    func crash() async throws {
        var steps = try Steps()
        try steps.exports.write(export(("a", 10)), to: "a.ics")
        await steps.wait(.seconds(2))
        let killed = try Steps(store: steps.store, state: steps.state, isReporting: false)
        var passing = killed
        try passing.exports.write(export(("b", 10)), to: "b.ics")
        await passing.wait(.seconds(2))
        #expect(try !steps.report("events.jsonl").contains("\"b\""))
        var again = try Steps(store: steps.store, state: steps.state)
        try again.exports.write(export(("b", 10)), to: "b.ics")
        await again.wait(.seconds(2))
        #expect(try steps.report("events.jsonl").contains("\"uid\":\"b\""))
        #expect(try steps.report("hr/b.ics.report.json").contains("declined"))
    }

    @Test("Equal exports give equal reports, in another directory and on another day, but for the stamped pass")
    func reproducible() async throws {
        var trees: [[String: String]] = []
        for days in [0.0, 0.4] {
            var steps = try Steps()
            try steps.exports.write(export(("a", 10), ("b", 10), ("c", 11)), to: "a.ics")
            await steps.wait(.seconds(2), days: days)
            trees.append(try steps.state.contents { !$0.hasPrefix("index") && !$0.hasPrefix("events") })
        }
        let stamps = trees.map { $0["rooms/blue.ifb"]?.split(separator: "\r\n").filter { !$0.hasPrefix("DTSTAMP") } }
        #expect(stamps[0] == stamps[1])
        for index in trees.indices { trees[index]["rooms/blue.ifb"] = nil }
        #expect(trees[0] == trees[1])
    }

    @Test("A tree that cannot be written is told (RPT001), the service goes on, and it is written when it can be")
    func unwritable() async throws {
        let state = try TemporaryDirectory()
        try state.write("in the way", to: "hr")
        try state.write("in the way", to: "rooms")
        var steps = try Steps(state: state)
        try steps.exports.write(export(("a", 10)), to: "a.ics")
        await steps.wait(.seconds(2))
        let told = steps.logged.with("a report was not written RPT001")
        #expect(!told.isEmpty && told.allSatisfy { $0.contains("help: ") && !$0.contains("\n") }, "\(told)")
        #expect(try await steps.granted() == ["a"])
        for name in ["hr", "rooms"] { try FileManager.default.removeItem(at: state.url.appending(path: name)) }
        await steps.wait(.seconds(400))
        #expect(try steps.report("hr/a.ics.report.csv").contains("granted"))
        #expect(try steps.report("rooms/blue.ifb").contains("FREEBUSY"))
    }

    @Test("Other settings write the reports anew")
    func settings() async throws {
        var steps = try Steps()
        try steps.exports.write(export(("a", 10)), to: "a.ics")
        await steps.wait(.seconds(2))
        #expect(try !steps.report("rooms/blue.ifb").contains("METHOD"))
        let rooms = RoomCatalogue([
            RoomCatalogue.Entry(
                try #require(RoomPattern("*")), RoomTerms(address: Participant("blue@rooms.example.org")))
        ])
        var again = try Steps(store: steps.store, rooms: rooms, state: steps.state)
        try again.exports.write(export(("a", 10)), to: "a.ics")
        await again.wait(.seconds(2))
        #expect(try steps.report("rooms/blue.ifb").contains("METHOD:PUBLISH"))
    }

    @Test("What is over is told by day and month; old days go, and those that are not so old forget whose it was")
    func expiries() async throws {
        var steps = try Steps()
        try steps.exports.write(export(("a", 10)), to: "a.ics")
        await steps.wait(.seconds(2))
        let after = noon.addingTimeInterval(10 * 86_400)
        try await steps.expireAll(until: after)
        await steps.wait(.seconds(2), days: 10)
        #expect(try steps.report("expiries/2026-12-01.csv").contains("a@example.org"))
        #expect(try steps.report("expiries/2026-12-01.xml").contains("<outcome>unobserved</outcome>"))
        #expect(try steps.report("usage/2026-12.csv").contains("2026-12,blue,"))
        #expect(try steps.report("events.jsonl").contains("\"event\":\"expired\""))

        _ = try await steps.store.purge(endedBefore: noon, personalBefore: noon.addingTimeInterval(20 * 86_400))
        try await steps.tidy(at: noon.addingTimeInterval((9 + 30) * 86_400))
        #expect(try !steps.report("expiries/2026-12-01.csv").contains("a@example.org"))
        try await steps.tidy(at: noon.addingTimeInterval(500 * 86_400))
        #expect(throws: CocoaError.self) { try steps.report("expiries/2026-12-01.csv") }
        #expect(throws: CocoaError.self) { try steps.report("usage/2026-12.csv") }
    }

    @Test("What the store has forgotten stays in the reports as it was told")
    func forgotten() async throws {
        var steps = try Steps(storeRetention: .seconds(33 * 86_400))
        try steps.exports.write(export(("a", 10)), to: "a.ics")
        try steps.exports.write(export(("b", 10)).replacing("20261201", with: "20261231"), to: "b.ics")
        await steps.wait(.seconds(2))
        try await steps.expireAll(until: noon.addingTimeInterval(45 * 86_400))
        await steps.wait(.seconds(2), days: 45)
        let usage = try steps.report("usage/2026-12.csv")
        let first = try steps.report("expiries/2026-12-01.csv")

        let anonymous = noon.addingTimeInterval(69 * 86_400)
        _ = try await steps.store.purge(
            endedBefore: anonymous.addingTimeInterval(-33 * 86_400),
            personalBefore: anonymous.addingTimeInterval(-30 * 86_400))
        try await steps.tidy(at: anonymous)
        #expect(try steps.report("usage/2026-12.csv") == usage)
        #expect(try steps.report("expiries/2026-12-01.csv") == first)
        #expect(try !steps.report("expiries/2026-12-31.csv").contains("b@example.org"))
    }

    @Test("A conflict that is over is gone within a minute, also from the index")
    func endedConflict() async throws {
        var steps = try Steps()
        try steps.exports.write(export(("a", 10), ("b", 10)), to: "a.ics")
        // 1 December, 10:00.
        let begin = 8.0 + 22 / 24
        await steps.wait(.seconds(2), days: begin)
        #expect(try steps.report("conflicts.json").contains("\"uid\": \"b\""))
        #expect(try steps.report("index.json").contains("\"conflicts_total\": 1"))
        await steps.wait(.seconds(60), days: begin + 1.0 / 24)
        #expect(try !steps.report("conflicts.json").contains("\"uid\": \"b\""))
        #expect(try steps.report("index.json").contains("\"conflicts_total\": 0"))
    }

    @Test("No password reaches any file of the tree")
    func canary() async throws {
        var steps = try Steps()
        let secret = export(("a", 10), ("b", 10)).replacing(
            "SUMMARY:", with: "X-JITSI-PASSWORD:canary-4711\nSUMMARY:")
        try steps.exports.write(secret, to: "a.ics")
        await steps.wait(.seconds(2))
        try await steps.expireAll(until: noon.addingTimeInterval(10 * 86_400))
        await steps.wait(.seconds(2), days: 10)
        let files = try steps.state.contents { _ in true }
        #expect(files.count > 12)
        for (name, text) in files { #expect(!text.contains("canary"), "\(name)") }
    }
}

extension String {
    fileprivate func inRoom(_ room: String) -> String { replacing("/blue", with: "/\(room)") }
}

extension TemporaryDirectory {
    /// Paths of the files below, sorted.
    func files() throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: path).filter { name in
            var isDirectory: ObjCBool = false
            return unsafe FileManager.default.fileExists(atPath: "\(path)/\(name)", isDirectory: &isDirectory)
                && !isDirectory.boolValue
        }.sorted()
    }

    fileprivate func contents(_ isWanted: (String) -> Bool) throws -> [String: String] {
        var contents: [String: String] = [:]
        for file in try files() where isWanted(file) {
            contents[file] = try String(contentsOf: url.appending(path: file), encoding: .utf8)
        }
        return contents
    }

    /// Which file each name is, and when it was written.
    fileprivate func stamps() throws -> [String: String] {
        var stamps: [String: String] = [:]
        for file in try files() {
            let attributes = try FileManager.default.attributesOfItem(atPath: "\(path)/\(file)")
            stamps[file] = "\(attributes[.systemFileNumber] ?? "") \(attributes[.modificationDate] ?? "")"
        }
        return stamps
    }
}
