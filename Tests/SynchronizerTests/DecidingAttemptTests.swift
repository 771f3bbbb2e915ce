import DirectoryWatch
import Foundation
import GRDB
import Reservations
import Synchronization
import TestSupport
import Testing

@testable import ReservationStore
@testable import Synchronizer

@Suite("Content that ends the service while it is decided")
struct DecidingAttemptTests {
    private let state: TemporaryDirectory
    private var path: String { "\(state.path)/store.deciding" }

    init() throws { state = try TemporaryDirectory() }

    private func steps() throws -> Steps {
        try Steps(attempts: Attempts(reading: .none, deciding: try AttemptLog(path: path)))
    }

    /// As if the service had ended so often while it decided these.
    private func blame(_ contents: [String], times: Int = 1) throws {
        for _ in 0..<times {
            let log = try AttemptLog(path: path)
            try log.begin(contents)
        }
    }

    private func attempts(at contents: [String]) throws -> [Int] {
        let log = try AttemptLog(path: path)
        return contents.map { log.attempts(at: $0) }
    }

    @Test(
        "What was being decided comes last, a hundred at once after the first end, one by one after the second",
        arguments: [
            ([0, 0, 0], [0, 1, 2], false), ([0, 1, 0, 2], [0, 2], false), ([1, 2, 1], [0, 2], true),
            ([2, 2], [0], true), ([], [], false), (Array(repeating: 1, count: 250), Array(0..<100), true),
        ])
    func parts(attempts: [Int], taken: [Int], isSuspect: Bool) {
        let names = attempts.indices.map { ExportName(source: "hr", path: String($0 + 1_000)) }
        let blamed = Dictionary(uniqueKeysWithValues: zip(names, attempts))
        let changes = names.shuffled().map { ExportChange($0, .content([], absent: .stays)) }
        let part = PassPart(of: changes) { blamed[$0.export] ?? 0 }
        #expect(part.changes.map(\.export) == taken.map { names[$0] })
        #expect(part.isSuspect == isSuspect)
    }

    @Test("The contents of a pass are written down while it goes on, and forgotten when it is through")
    func noted() async throws {
        var steps = try steps()
        let texts = (0..<3).map { export(("u\($0)", 10 + $0)) }
        let contents = try texts.map { try attempt(at: $0) }
        let seen = Mutex<[[Int]]>([])
        try await steps.store.beforePasses { seen.withLock { $0.append((try? attempts(at: contents)) ?? []) } }
        for (number, text) in texts.enumerated() { try steps.exports.write(text, to: "\(number).ics") }
        await steps.wait(.seconds(2))
        #expect(seen.withLock { $0 } == [[1, 1, 1]])
        #expect(try attempts(at: contents) == [0, 0, 0])
    }

    @Test("A pass that the store refuses is nobody's fault: what was suspected before still is, and no more")
    func refused() async throws {
        let texts = (0..<2).map { export(("u\($0)", 10 + $0)) }
        let contents = try texts.map { try attempt(at: $0) }
        try blame([contents[0]])
        try blame([contents[1]], times: 2)
        var steps = try steps()
        await steps.wait(.zero)
        try await steps.store.refusePasses(true)
        for (number, text) in texts.enumerated() { try steps.exports.write(text, to: "\(number).ics") }
        await steps.wait(.seconds(20), hints: [.everything(root: steps.exports.path, cause: .directories)])
        #expect(steps.logged.with("read an export").count == 2)
        #expect(try attempts(at: contents) == [1, 2])
        try await steps.store.refusePasses(false)
        await steps.wait(.seconds(3))
        #expect(try await steps.granted() == ["u0", "u1"])
        #expect(try attempts(at: contents) == [0, 0])
    }

    @Test("Nothing is read beside what is suspected")
    func alone() async throws {
        let texts = (0..<6).map { export(("u\($0)", 10 + $0)) }
        try blame(texts.prefix(3).map { try attempt(at: $0) })
        var steps = try steps()
        steps.limitReading(to: ReadingPortion(exports: 3))
        for (number, text) in texts.enumerated() { try steps.exports.write(text, to: "\(number).ics") }
        await steps.wait(.seconds(1))
        #expect(try await steps.granted() == ["u0", "u1", "u2"])
        #expect(steps.logged.with("read an export").count == 3)
        await steps.wait(.seconds(1))
        #expect(try await steps.granted() == (0..<6).map { "u\($0)" })
    }

    @Test("Others are served before what is suspected, which is decided one by one after a second end")
    func last() async throws {
        let texts = (0..<6).map { export(("u\($0)", 10 + $0)) }
        let contents = try texts.map { try attempt(at: $0) }
        try blame(contents.prefix(2).map(\.self), times: 2)
        var steps = try steps()
        let seen = Mutex<[[Int]]>([])
        try await steps.store.beforePasses { seen.withLock { $0.append((try? attempts(at: contents)) ?? []) } }
        for (number, text) in texts.enumerated() { try steps.exports.write(text, to: "\(number).ics") }
        await steps.wait(.seconds(2))
        let expected = [[2, 2, 1, 1, 1, 1], [3, 2, 0, 0, 0, 0], [0, 3, 0, 0, 0, 0]]
        #expect(seen.withLock { $0 } == expected)
        #expect(steps.logged.with("a part is decided").count == 2)
        #expect(steps.logged.with("first pass done").count == 1)
        #expect(try await steps.granted() == (0..<6).map { "u\($0)" })
    }

    @Test("What is suspected does not let the first pass begin before all has settled")
    func start() async throws {
        try blame([try attempt(at: export(("u1", 11)))])
        var steps = try steps()
        for number in 0..<2 { try steps.exports.write(export(("u\(number)", 10 + number)), to: "\(number).ics") }
        await steps.wait(.milliseconds(900))
        try steps.exports.write(export(("u2", 12)), to: "2.ics")
        let written = DirectoryChange.file(root: steps.exports.path, path: "2.ics", arrival: .written)
        await steps.wait(.milliseconds(300), hints: [written])
        #expect(steps.logged.with("read an export").count == 2)
        #expect(try await steps.granted() == [])
        await steps.wait(.seconds(2))
        #expect(try await steps.granted() == ["u0", "u1", "u2"])
    }

    @Test("What is gone goes after what is suspected, which is not blamed for it")
    func gone() async throws {
        let text = export(("u1", 11))
        let content = try attempt(at: text)
        try blame([content])
        var steps = try steps()
        try steps.exports.write(export(("u0", 10)), to: "0.ics")
        await steps.wait(.seconds(2))
        let seen = Mutex<[[Int]]>([])
        try await steps.store.beforePasses { seen.withLock { $0.append((try? attempts(at: [content])) ?? []) } }
        try FileManager.default.removeItem(at: steps.exports.url.appending(path: "0.ics"))
        await steps.wait(.seconds(9), hints: [.everything(root: steps.exports.path, cause: .directories)])
        try steps.exports.write(text, to: "1.ics")
        await steps.wait(
            .seconds(3), hints: [.file(root: steps.exports.path, path: "1.ics", arrival: .written)])
        #expect(seen.withLock { $0 } == [[2], [0]])
        #expect(try await steps.granted() == ["u1"])
    }

    @Test("What does it three times is set aside and reported (SRC013), and not tried again the next day")
    func setAside() async throws {
        let bad = export(("b", 12))
        try blame([try attempt(at: bad)], times: 3)
        var steps = try steps()
        try steps.exports.write(export(("a", 10)), to: "a.ics")
        try steps.exports.write(bad, to: "b.ics")
        await steps.wait(.seconds(2))
        await steps.wait(.seconds(400), days: 1)
        #expect(try await steps.granted() == ["a"])
        #expect(try steps.report("hr/b.ics.report.json").contains("SRC013"))
        #expect(try attempts(at: [attempt(at: bad)]) == [3])
    }
}

extension ReservationStore {
    /// Calls `look` in the last transaction of each pass.
    fileprivate func beforePasses(_ look: @escaping @Sendable () -> Void) async throws {
        try await database.writeWithoutTransaction { db in
            db.add(
                function: DatabaseFunction("look", argumentCount: 0) { _ in
                    look()
                    return nil
                })
            try db.execute(
                sql: """
                    CREATE TEMP TRIGGER look BEFORE UPDATE ON main.generation WHEN new.current > old.current
                    BEGIN SELECT look(); END
                    """)
        }
    }
}
