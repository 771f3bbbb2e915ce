import DirectoryWatch
import Foundation
import ReservationStore
import TestSupport
import Testing

@testable import Synchronizer

/// More has settled at once than is read before it is decided.
@Suite("A great many exports at once")
struct PortionTests {
    private static let files = 8

    private func write(_ files: Range<Int>, _ steps: borrowing Steps) throws {
        for file in files { try steps.exports.write(export(("u\(file)", 10 + file)), to: "\(file).ics") }
    }

    /// Files that a step reads, and those that are granted after each step that leaves some.
    @Test(
        "They are decided part by part, and nobody is answered by a new store before the last one",
        arguments: [
            (ReadingPortion(exports: 3), [3, 6]), (ReadingPortion(exports: 2), [2, 4, 6, 8]),
            (ReadingPortion(bytes: 1), [1, 2, 3, 4, 5, 6, 7, 8]),
        ])
    func parts(portion: ReadingPortion, granted: [Int]) async throws {
        var steps = try Steps()
        steps.limitReading(to: portion)
        try write(0..<Self.files, steps)
        await steps.wait(.seconds(1))
        for (part, count) in granted.enumerated() {
            #expect(steps.logged.with("a part is decided").count == part + 1)
            #expect(try await !steps.store.isReady())
            #expect(try await steps.granted().count == count)
            await steps.wait(.zero)
        }
        #expect(steps.logged.with("first pass done").count == 1)
        #expect(try await steps.store.isReady())
        #expect(try await steps.granted() == (0..<Self.files).map { "u\($0)" })
    }

    @Test(
        "Those who read side by side share the memory, and each has some",
        arguments: [(0, 64), (1, 64), (2, 32), (16, 4), (100, 4)])
    func shared(readers: Int, mebibytes: Int) {
        #expect(ReadingPortion(ofOneAmong: readers).bytes == mebibytes << 20)
        #expect(SharedWork(attempts: .none, groups: readers).portion.bytes == mebibytes << 20)
    }

    @Test("Of a flood only the first have a line each in the log, and those that are not as they should be")
    func lines() async throws {
        var steps = try Steps()
        for file in 0..<110 { try steps.exports.write(export(("u\(file)", 10)), to: "a\(file).ics") }
        try steps.exports.write(export(("z", 10)).replacing("DTSTART", with: "X-START"), to: "z.ics")
        await steps.wait(.seconds(1))
        #expect(steps.logged.with("info read an export").count == Synchronizer.toldOneByOne + 1)
        #expect(steps.logged.with("debug read an export").count == 110 - Synchronizer.toldOneByOne)
    }

    @Test(
        "Of a flood of those that are not as they should be the rest is told in one line, until all are decided",
        arguments: ["", "no calendar"])
    func faultyLines(content: String) async throws {
        var steps = try Steps(isReporting: false)
        steps.limitReading(to: ReadingPortion(exports: 300))
        let told = Synchronizer.faultyToldOneByOne
        for file in 0..<told + 5 { try steps.exports.write(content, to: "a\(file).ics") }
        await steps.wait(.seconds(1_000))
        #expect(steps.logged.with("info an export is not usable as it is").count == told)
        #expect(steps.logged.with("debug an export is not usable as it is").count >= 5)
        #expect(steps.logged.with("notice more exports are not as they should be").count == 1)
        #expect(try await steps.store.exports().count { !$0.diagnostics.isEmpty } == told + 5)

        for number in 1...2 {
            try steps.exports.write(content + String(repeating: "\n", count: number), to: "z.ics")
            await steps.wait(.seconds(2), hints: [steps.renamed("z.ics")])
            #expect(steps.logged.with("info an export is not usable as it is").count == told + number)
        }
    }

    @Test("The rest is read without waiting for anything", arguments: [2, 3])
    func rest(exports: Int) async throws {
        var steps = try Steps()
        steps.limitReading(to: ReadingPortion(exports: exports))
        try write(0..<Self.files, steps)
        await steps.wait(.milliseconds(1_100))
        #expect(try await steps.store.isReady())
        #expect(try await steps.granted().count == Self.files)
    }

    @Test("The next part is read while one is decided")
    func ahead() async throws {
        var steps = try Steps()
        steps.limitReading(to: ReadingPortion(exports: 3))
        try write(0..<Self.files, steps)
        await steps.wait(.seconds(1))
        #expect(try await steps.granted().count == 3)
        #expect(steps.logged.with("read an export").count == 6)
    }

    @Test("What is told of while a great many are read is read before the rest of them")
    func heard() async throws {
        var steps = try Steps()
        for file in 0..<400 { try steps.exports.write(export(("u\(file)", 10 + file % 8)), to: "\(1_000 + file).ics") }
        await steps.wait(.seconds(1))
        #expect(try await steps.store.isReady())
        let wasRead = steps.logged.with("read an export").count
        var again = try Steps(store: steps.store, state: steps.state)
        again.tick = .milliseconds(500)
        for file in 0..<400 { try again.exports.write(export(("u\(file)", 10 + file % 8)), to: "\(1_000 + file).ics") }
        await again.wait(.seconds(2))
        try again.exports.write(export(("z", 20)), to: "z.ics")
        await again.wait(.seconds(6), hints: [again.renamed("z.ics")])
        #expect(try await again.granted().contains("z"))
        #expect(again.logged.with("a part is decided").count == 1)
        #expect(again.logged.with("first pass done").isEmpty)
        await again.wait(.seconds(60))
        #expect(again.logged.with("first pass done").count == 1)
        #expect(again.logged.with("read an export").count == 1 && wasRead == 400)
    }

    @Test("A part that cannot be written is not lost, and what was read beside it comes with it")
    func refused() async throws {
        var steps = try Steps()
        await steps.wait(.zero)
        steps.limitReading(to: ReadingPortion(exports: 3))
        try write(0..<Self.files, steps)
        try await steps.store.refusePasses(true)
        let everything = DirectoryChange.everything(root: steps.exports.path, cause: .directories)
        await steps.wait(.seconds(1), hints: [everything])
        #expect(steps.logged.with("read an export").count == 6)
        // What fits is read, and no more, however long the store refuses, and whatever else is heard.
        for _ in 0..<20 { await steps.wait(.milliseconds(1), hints: [steps.renamed("0.ics")]) }
        await steps.wait(.seconds(9))
        #expect(steps.logged.with("read an export").count == 6)
        #expect(steps.logged.with("the store does not answer").count <= 6)
        #expect(try await steps.granted() == [])
        try await steps.store.refusePasses(false)
        await steps.wait(.seconds(3))
        #expect(try await steps.granted() == (0..<Self.files).map { "u\($0)" })
        #expect(steps.logged.with("read an export").count == Self.files)
    }

    @Test("What a pass is about to replace is not taken for what the store has")
    func replaced() async throws {
        var steps = try Steps()
        try write(0..<1, steps)
        await steps.wait(.seconds(2))
        let name = ExportName(source: "hr", path: "0.ics")
        steps.beApplying([ExportChange(name, .content([], absent: .withdrawn), digest: "other", reader: "any")])
        await steps.wait(.seconds(2), hints: [steps.renamed("0.ics")])
        #expect(steps.logged.with("read an export").count == 2)
        #expect(try await steps.granted() == ["u0"])
    }

    @Test("Large exports count with what their spools keep in memory, series with their occurrences")
    func memory() async throws {
        var steps = try Steps()
        steps.limitReading(to: ReadingPortion(bytes: 2 << 20))
        let filling = String(repeating: "DESCRIPTION:\(String(repeating: "x", count: 1_000))\n", count: 1_100)
        for file in 0..<3 {
            let large = export(("u\(file)", 10 + file)).replacing("SUMMARY:Meeting\n", with: filling)
            try steps.exports.write(large, to: "\(file).ics")
        }
        await steps.wait(.seconds(1))
        #expect(steps.logged.with("a part is decided").count == 1)
        await steps.wait(.zero)
        #expect(try await steps.granted() == ["u0", "u1", "u2"])

        func daily(_ file: Int) -> String {
            export(("u\(file)", 10 + file))
                .replacing("DURATION:PT1H", with: "DURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=130")
        }
        // One of them would not fill it by its bytes.
        steps.limitReading(to: ReadingPortion(bytes: daily(3).utf8.count + 1))
        for file in 3..<6 { try steps.exports.write(daily(file), to: "\(file).ics") }
        let written = (3..<6).map {
            DirectoryChange.file(root: steps.exports.path, path: "\($0).ics", arrival: .written)
        }
        await steps.wait(.seconds(3), hints: written)
        #expect(steps.logged.with("a part is decided").count == 4)
        #expect(try await Set(steps.granted()).count == 6)
    }

    @Test("What is gone from one goes with the last part, since another may have it")
    func moved() async throws {
        var steps = try Steps()
        try write(0..<1, steps)
        await steps.wait(.seconds(2))
        steps.limitReading(to: ReadingPortion(exports: 3))
        try FileManager.default.removeItem(at: steps.exports.url.appending(path: "0.ics"))
        let everything = DirectoryChange.everything(root: steps.exports.path, cause: .directories)
        await steps.wait(.seconds(9), hints: [everything])
        try write(1..<Self.files, steps)
        try steps.exports.write(export(("u0", 10)), to: "9.ics")
        let written = (Array(1..<Self.files) + [9]).map {
            DirectoryChange.file(root: steps.exports.path, path: "\($0).ics", arrival: .written)
        }
        await steps.wait(.seconds(3), hints: written)
        #expect(steps.logged.with("a part is decided").count == 2)
        #expect(try await steps.granted() == (0..<Self.files).map { "u\($0)" })
        #expect(throws: CocoaError.self) { try steps.report("hr/0.ics.report.json") }
        let events = try steps.report("events.jsonl").split(separator: "\n").filter { $0.contains("u0") }
        #expect(events.count == 1, "\(events)")
    }
}
