import CalendarImport
import DirectoryWatch
import Foundation
import ICalendar
import Reservations
import TestSupport
import Testing

@testable import Synchronizer

@Suite("Content that ends the service")
struct SetAsideTests {
    private let state: TemporaryDirectory
    private var path: String { "\(state.path)/store.reading" }

    init() throws { state = try TemporaryDirectory() }

    @Test("Three ends while it was read are remembered across starts, others are not mixed in")
    func remembered() throws {
        for attempt in 0..<3 {
            let log = try AttemptLog(path: path)
            #expect(log.attempts(at: "bad") == attempt)
            #expect(log.attempts(at: "good") == 0)
            try log.begin(["good"])
            try log.end(["good"])
            try log.begin(["bad"])
        }
        #expect(try AttemptLog(path: path).attempts(at: "bad") == 3)
        let mended = try AttemptLog(path: path)
        try mended.end(["bad"])
        #expect(try AttemptLog(path: path).attempts(at: "bad") == 0)
    }

    @Test("What is written over a longer attempt leaves nothing of it, and the file does not grow")
    func overwritten() throws {
        let long = String(repeating: "long ", count: 20)
        let log = try AttemptLog(path: path)
        try log.begin([long])
        let size = try Data(contentsOf: URL(fileURLWithPath: path)).count
        try log.end([long])
        #expect(try AttemptLog(path: path).attempts(at: long) == 0)
        for attempt in 1...3 {
            let log = try AttemptLog(path: path)
            try log.begin(["a"])
            #expect(try AttemptLog(path: path).attempts(at: "a") == attempt)
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)).count == size)
        }
        #expect(try AttemptLog(path: path).attempts(at: long) == 0)
    }

    @Test("After a great many attempts a small one is a small write again, also after a start")
    func small() throws {
        let many = (0..<1_000).map { "content \($0)" }
        let before = try AttemptLog(path: path)
        try before.begin(many)
        try before.end(many)
        let mark = Data(repeating: 0x58, count: 100)
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        for log in [before, try AttemptLog(path: path)] {
            try file.seek(toOffset: 5_000)
            try file.write(contentsOf: mark)
            try log.begin(["a"])
            try log.end(["a"])
            try file.seek(toOffset: 5_000)
            #expect(try file.read(upToCount: mark.count) == mark)
        }
    }

    @Test("What is left behind when the service ends is not blamed, then or later")
    func leftBehind() throws {
        try AttemptLog(path: path).begin(["earlier"])
        let log = try AttemptLog(path: path)
        try log.begin(["earlier", "other"])
        try log.begin(["done"])
        try log.end(["done"])
        try log.takeBackUnfinished()
        let next = try AttemptLog(path: path)
        #expect(["earlier", "other", "done"].map { next.attempts(at: $0) } == [1, 0, 0])
        try log.takeBack(["earlier", "other"])
        #expect(try AttemptLog(path: path).attempts(at: "earlier") == 1)
    }

    @Test("What is being worked on now counts only when the service ends, and then once, by however many it is")
    func inFlight() throws {
        let log = try AttemptLog(path: path)
        func ends() throws -> Int { try AttemptLog(path: path).attempts(at: "a") }
        try log.begin(["a"])
        try log.begin(["a"])
        #expect(log.attempts(at: "a") == 0)
        #expect(try ends() == 1)
        try log.takeBack(["a"])
        #expect(try ends() == 1)
        try log.takeBack(["a"])
        #expect(try ends() == 0)
    }

    @Test("A damaged log is read as far as it goes")
    func damaged() throws {
        try Data([0xFF, 0x0A, 0x32, 0x20, 0x61, 0x0A, 0x2D, 0x31, 0x20, 0x62]).write(to: URL(fileURLWithPath: path))
        let log = try AttemptLog(path: path)
        #expect(log.attempts(at: "a") == 2)
        #expect(log.attempts(at: "b") == 0)
    }

    @Test("It is left alone and reported (SRC013) until the file changes; the last good content stays")
    func setAside() async throws {
        let bad = export(("b", 12))
        let content = try attempt(at: bad)
        for _ in 0..<3 {
            let log = try AttemptLog(path: path)
            try log.begin([content])
        }
        var steps = try Steps(attempts: Attempts(reading: try AttemptLog(path: path), deciding: .none))
        try steps.exports.write(export(("a", 10)), to: "a.ics")
        await steps.wait(.seconds(2))
        try steps.exports.write(bad, to: "a.ics")
        await steps.wait(.seconds(400), hints: [steps.renamed("a.ics")])
        #expect(try await steps.granted() == ["a"])
        #expect(try steps.report("hr/a.ics.report.json").contains("SRC013"))
        #expect(steps.logged.with("set aside SRC013").count == 1)

        try steps.exports.write(export(("c", 12)), to: "a.ics")
        await steps.wait(.seconds(2), hints: [steps.renamed("a.ics")])
        #expect(try await steps.granted() == ["c"])
        #expect(try AttemptLog(path: path).attempts(at: content) == 3)
    }

    @Test("Of those that were being read side by side, only what ends the service again is set aside")
    func innocent() async throws {
        let texts = (0..<10).map { export(("u\($0)", 10 + $0)) }
        let contents = try texts.map { try attempt(at: $0) }
        let log = try AttemptLog(path: path)
        try log.begin(contents)
        // The next start reads each alone, in order, and the fourth ends it; so does the one after it.
        for _ in 0..<2 {
            let log = try AttemptLog(path: path)
            for content in contents.prefix(3) where log.attempts(at: content) > 0 {
                try log.begin([content])
                try log.end([content])
            }
            try log.begin([contents[3]])
        }
        var steps = try Steps(attempts: Attempts(reading: try AttemptLog(path: path), deciding: .none))
        for (number, text) in texts.enumerated() { try steps.exports.write(text, to: "\(number).ics") }
        await steps.wait(.seconds(2))
        #expect(steps.logged.with("set aside SRC013").count == 1)
        #expect(try await steps.granted() == (0..<10).filter { $0 != 3 }.map { "u\($0)" })
        let left = try AttemptLog(path: path)
        #expect(contents.map { left.attempts(at: $0) } == (0..<10).map { $0 == 3 ? 3 : 0 })
    }

    @Test("What was being read when the service ended is not read beside a pass, whose end would be blamed on it")
    func besideNothing() async throws {
        let texts = (0..<8).map { export(("u\($0)", 10 + $0)) }
        let suspect = try attempt(at: texts[4])
        let log = try AttemptLog(path: path)
        try log.begin([suspect])
        var steps = try Steps(attempts: Attempts(reading: try AttemptLog(path: path), deciding: .none))
        steps.limitReading(to: ReadingPortion(exports: 3))
        for (number, text) in texts.enumerated() { try steps.exports.write(text, to: "\(number).ics") }
        await steps.wait(.seconds(1))
        #expect(steps.logged.with("a part is decided").count == 1)
        #expect(steps.logged.with("read an export").count == 6, "the next part is read beside the first")
        #expect(try AttemptLog(path: path).attempts(at: suspect) == 1)
        await steps.wait(.seconds(2))
        #expect(try await steps.granted() == (0..<8).map { "u\($0)" })
        #expect(try AttemptLog(path: path).attempts(at: suspect) == 0)
    }
}
