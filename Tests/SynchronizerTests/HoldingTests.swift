import DirectoryWatch
import Foundation
import TestSupport
import Testing

@testable import ReservationStore
@testable import Synchronizer

/// The guard and its alarms, from files to what is served.
@Suite("Held and stale sources")
struct HoldingTests {
    private let five = (10..<15).map { (uid: "u\($0)", hour: $0) }

    @Test("An emptied export is held until the operator accepts it, within seconds and without another event")
    func accepting() async throws {
        var steps = try Steps()
        try steps.exports.write(export(five), to: "a.ics")
        await steps.wait(.seconds(2))
        try steps.exports.write(export(), to: "a.ics")
        await steps.wait(.seconds(60), hints: [steps.renamed("a.ics")])
        #expect(try await steps.granted().count == 5)
        #expect(steps.logged.with("withdrawals are held SRC010").count == 1)
        #expect(try steps.report("hr/a.ics.report.json").contains("SRC010"))
        #expect(try steps.report("index.json").contains("5 future bookings would be withdrawn; they are held"))

        try await steps.store.accept(try await steps.store.held(ofSource: "hr"))
        await steps.wait(.seconds(4))
        #expect(try await steps.granted() == [])
        #expect(steps.logged.with("no withdrawals are held any more").count == 1)
        #expect(try !steps.report("hr/a.ics.report.json").contains("SRC010"))
        #expect(try !steps.report("index.json").contains("SRC010"))
    }

    @Test("There is one alarm for all that a source holds, and a notice when that changes")
    func others() async throws {
        var steps = try Steps()
        for room in ["a", "b"] {
            let events = five.map { (uid: room + $0.uid, hour: $0.hour) }
            try steps.exports.write(export(events).replacing("blue", with: room), to: "\(room).ics")
        }
        await steps.wait(.seconds(2))
        for room in ["a", "b"] {
            try steps.exports.write(export(), to: "\(room).ics")
            await steps.wait(.seconds(5), hints: [steps.renamed("\(room).ics")])
        }
        #expect(try await steps.granted("a").count + steps.granted("b").count == 10)
        #expect(steps.logged.with("error withdrawals are held SRC010").count == 1)
        let others = steps.logged.with("notice other withdrawals are held SRC010")
        #expect(others.map { $0.hasSuffix("10 of 10 future bookings would be withdrawn; they are held") } == [true])
    }

    @Test("A directory that loses its files keeps their bookings, and takes them back as they were")
    func emptiedDirectory() async throws {
        var steps = try Steps()
        for hour in 10..<22 { try steps.exports.write(export(("u\(hour)", hour)), to: "\(hour).ics") }
        await steps.wait(.seconds(2))
        #expect(try await steps.granted().count == 12)
        for hour in 10..<22 { try FileManager.default.removeItem(at: steps.exports.url.appending(path: "\(hour).ics")) }
        await steps.wait(.seconds(1_000), hints: [steps.renamed("10.ics")])
        #expect(try await steps.granted().count == 12)
        #expect(steps.logged.with("withdrawals are held SRC010").count == 1)

        for hour in 10..<22 { try steps.exports.write(export(("u\(hour)", hour)), to: "\(hour).ics") }
        await steps.wait(.seconds(400))
        #expect(try await steps.granted().count == 12)
        #expect(try await steps.store.held(ofSource: "hr") == [])
    }

    @Test("After a restart the alarm is raised again, and what is accepted meanwhile applies")
    func restart() async throws {
        var before = try Steps()
        try before.exports.write(export(five), to: "a.ics")
        await before.wait(.seconds(2))
        try before.exports.write(export(), to: "a.ics")
        await before.wait(.seconds(2), hints: [before.renamed("a.ics")])

        var after = try Steps(store: before.store)
        try after.exports.write(export(), to: "a.ics")
        await after.wait(.seconds(2))
        #expect(after.logged.with("withdrawals are held SRC010").count == 1)
        #expect(try await after.granted().count == 5)
    }

    @Test("With allow_empty everything may go")
    func allowEmpty() async throws {
        var steps = try Steps(allowsEmpty: true)
        try steps.exports.write(export(five), to: "a.ics")
        await steps.wait(.seconds(2))
        try steps.exports.write(export(), to: "a.ics")
        await steps.wait(.seconds(2), hints: [steps.renamed("a.ics")])
        #expect(try await steps.granted() == [])
    }

    @Test("A source without news for longer than expected is told once, and once when it brings some")
    func stale() async throws {
        var news = SourceNews(expectedEvery: .seconds(3_600))
        let files = try TemporaryDirectory()
        try files.write("x", to: "a.ics")
        let written = Date()
        let scan = DirectoryScan(of: WatchedRoot(files.path))
        #expect(news.take(scan, at: written) == nil)
        #expect(news.take(scan, at: written.addingTimeInterval(3_500)) == nil)
        guard case .stale = news.take(scan, at: written.addingTimeInterval(3_700)) else {
            Issue.record("not stale after 3,700 s")
            return
        }
        #expect(news.take(scan, at: written.addingTimeInterval(7_000)) == nil)
        try FileManager.default.removeItem(at: files.url.appending(path: "a.ics"))
        let emptied = DirectoryScan(of: WatchedRoot(files.path))
        #expect(news.take(emptied, at: written.addingTimeInterval(7_100)) == .fresh)
    }

    @Test("Where the clock is set back the time without news begins anew")
    func clockSetBack() throws {
        var news = SourceNews(expectedEvery: .seconds(3_600))
        let files = try TemporaryDirectory()
        try files.write("x", to: "a.ics")
        let written = Date()
        let root = WatchedRoot(files.path)
        _ = news.take(DirectoryScan(of: root), at: written.addingTimeInterval(100_000))
        try FileManager.default.removeItem(at: files.url.appending(path: "a.ics"))
        let scan = DirectoryScan(of: root)
        #expect(news.take(scan, at: written.addingTimeInterval(100_010)) == .fresh)
        #expect(news.take(scan, at: written) == nil)
        #expect(news.take(scan, at: written.addingTimeInterval(3_500)) == nil)
        #expect(news.take(scan, at: written.addingTimeInterval(3_700)) == .stale(since: written))
    }

    @Test("A file from the future is news once")
    func future() throws {
        var news = SourceNews(expectedEvery: .seconds(3_600))
        let files = try TemporaryDirectory()
        try files.write("x", to: "a.ics")
        let scan = DirectoryScan(of: WatchedRoot(files.path))
        let now = Date().addingTimeInterval(-100_000)
        for seconds in [0, 2_000, 3_500.0] { #expect(news.take(scan, at: now.addingTimeInterval(seconds)) == nil) }
        #expect(news.take(scan, at: now.addingTimeInterval(3_700)) == .stale(since: now))
    }

    @Test("Beside a file from the future others are news as ever")
    func besideFuture() throws {
        let files = try TemporaryDirectory()
        func changed(_ path: String) throws -> Date {
            let ctime = try FileReading.stamp(of: path, below: WatchedRoot(files.path)).ctimeNanoseconds
            return Date(timeIntervalSince1970: Double(ctime) / 1_000_000_000)
        }
        for path in ["a.ics", "hr/b.ics", "future.ics"] {
            try files.write("x", to: path)
            let written = try changed(path)
            // The disk's clock may be a tick behind.
            while Date() < written.addingTimeInterval(0.06) {}
        }
        var news = SourceNews(expectedEvery: .milliseconds(20))
        let without = DirectoryScan(of: WatchedRoot(files.path, excluding: ["hr"]))
        #expect(news.take(without, at: try changed("a.ics").addingTimeInterval(0.001)) == nil)
        let all = DirectoryScan(of: WatchedRoot(files.path))
        #expect(news.take(all, at: try changed("hr/b.ics").addingTimeInterval(0.001)) == nil)
        guard case .stale = news.take(all, at: try changed("hr/b.ics").addingTimeInterval(0.025)) else {
            Issue.record("not stale 25 ms after the last news")
            return
        }
    }

    @Test("What is heard of a stale source is a reason to scan it")
    func heardOfStale() async throws {
        var steps = try Steps(expectedEvery: .seconds(600))
        await steps.wait(.seconds(1_000))
        #expect(try steps.report("index.json").contains("SRC008"))
        try steps.exports.write(export(five), to: "a.ics")
        await steps.wait(.seconds(1), hints: [steps.renamed("a.ics")])
        #expect(try !steps.report("index.json").contains("SRC008"))
        #expect(steps.logged.with("a source brings news again").count == 1)
    }

    @Test("What cannot be seen is no news, and what has gone beside it or meanwhile is")
    func newsOfGaps() async throws {
        var news = SourceNews(expectedEvery: .seconds(3_600))
        let files = try TemporaryDirectory()
        let written = Date()
        let inner = ["b", "c", "d"].map { "it/\($0).ics" }
        func write() throws { for path in ["a.ics"] + inner { try files.write("x", to: path) } }
        func remove(_ path: String) throws { try FileManager.default.removeItem(at: files.url.appending(path: path)) }
        func scan(limit: Int) -> DirectoryScan {
            var limits = WatchedRoot.Limits()
            limits.entries = limit
            return DirectoryScan(of: WatchedRoot(files.path, limits: limits))
        }
        func take(_ scan: DirectoryScan, after seconds: Double) -> SourceNews.Change? {
            news.take(scan, at: written.addingTimeInterval(seconds))
        }
        func isStale(_ change: SourceNews.Change?) -> Bool { if case .stale = change { true } else { false } }

        try write()
        #expect(take(scan(limit: 9), after: 0) == nil)
        #expect(isStale(take(scan(limit: 9), after: 4_000)))
        let partial = scan(limit: 2)
        #expect(partial.gaps == ["it"])
        #expect(take(partial, after: 4_001) == nil)
        #expect(take(scan(limit: 9), after: 4_002) == nil)
        #expect(take(partial, after: 4_003) == nil)
        try remove(try #require(inner.first { path in !partial.entries.contains { $0.path == path } }))
        #expect(take(scan(limit: 9), after: 4_004) == .fresh)

        try write()
        #expect(isStale(take(scan(limit: 2), after: 8_000)))
        try remove("a.ics")
        #expect(take(scan(limit: 2), after: 8_001) == .fresh)
    }

    @Test("Staleness is told when it begins")
    func staleAtOnce() async throws {
        var steps = try Steps(expectedEvery: .seconds(60))
        await steps.wait(.seconds(59))
        #expect(steps.logged.with("a source is stale SRC008") == [])
        await steps.wait(.seconds(3))
        #expect(steps.logged.with("a source is stale SRC008").count == 1)
    }

    @Test("Staleness is told as SRC008, and in the index as long as it lasts")
    func staleTold() async throws {
        var steps = try Steps(expectedEvery: .seconds(600))
        try steps.exports.write(export(five), to: "a.ics")
        await steps.wait(.seconds(2))
        await steps.wait(.seconds(2_000), days: 3_650)
        #expect(steps.logged.with("a source is stale SRC008").count == 1)
        #expect(try steps.report("index.json").contains("\"code\": \"SRC008\""))
        try FileManager.default.removeItem(at: steps.exports.url.appending(path: "a.ics"))
        await steps.wait(.seconds(400), days: 3_650)
        #expect(try !steps.report("index.json").contains("SRC008"))
    }
}
