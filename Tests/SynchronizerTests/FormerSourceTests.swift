import DirectoryWatch
import Foundation
import GRDB
import Reservations
import TestSupport
import Testing

@testable import ReservationStore
@testable import Synchronizer

@Suite("A source that has another name by now")
struct FormerSourceTests {
    let exports: TemporaryDirectory
    let state: TemporaryDirectory
    let aside: URL
    let rooms: RoomCatalogue
    let store: ReservationStore
    let all = ["u10", "u11", "u12", "u13"]

    init() async throws {
        exports = try TemporaryDirectory()
        state = try TemporaryDirectory()
        aside = exports.url.deletingLastPathComponent().appending(path: "aside-\(UUID().uuidString)")
        rooms = try Steps.answering("blue", by: "blue@rooms.example.org")
        store = try ReservationStore.inMemory()
        var steps = try Steps(name: "before", store: store, rooms: rooms, exports: exports, state: state)
        for hour in 10..<14 { try exports.write(export(("u\(hour)", hour)), to: "\(hour).ics") }
        try exports.write(export(("bad", 20)).replacing("T200000Z", with: "T990000Z"), to: "bad.ics")
        await steps.wait(.seconds(2))
        #expect(try await steps.granted() == all)
    }

    func start(
        _ name: String = "now", onRemoval: WatchedSource.Removal = .withdraw, isReporting: Bool = true
    ) throws -> Steps {
        try Steps(
            name: name, onRemoval: onRemoval, store: store, rooms: rooms, exports: exports, state: state,
            isReporting: isReporting)
    }

    func remove(_ path: String) throws {
        try FileManager.default.removeItem(at: exports.url.appending(path: path))
    }

    func sources() async throws -> Set<String> { Set(try await store.exports().map(\.name.source)) }

    /// As if `source` had watched `directory`, below that of the exports, with those of `paths`.
    func split(_ source: String, _ directory: String, _ paths: [String: String]) async throws {
        try await store.database.write { [exports] db in
            try db.execute(
                sql: "INSERT INTO watched (source, directory) VALUES (?, ?)",
                arguments: [source, exports.path + directory])
            for (path, former) in paths {
                try db.execute(
                    sql: "UPDATE export SET source = ?, path = ? WHERE path = ?", arguments: [source, former, path])
            }
        }
    }

    @Test("What it had is its own from the first moment on, and the reports tell it so")
    func renamed() async throws {
        var steps = try start()
        #expect(try !steps.state.files().filter { $0.hasPrefix("before/") }.isEmpty)
        for _ in 0..<6 {
            await steps.wait(.milliseconds(500))
            #expect(try await steps.granted() == all)
            #expect(try await sources() == ["now"])
        }
        #expect(steps.logged.with("belongs to those in its directory now").count == 1)
        #expect(try await store.watchedDirectories().map(\.source) == ["now"])
        let files = try steps.state.files()
        #expect(files.filter { $0.hasPrefix("before/") } == [])
        #expect(files.count { $0.hasPrefix("now/replies/") } == 5, "four are accepted, and one is told why not")
        #expect(files.count { $0.hasPrefix("now/") && $0.hasSuffix(".report.xml") } == 5)
        #expect(try steps.report("index.json").contains("before") == false)
    }

    @Test("It may go there and back before the reports have told of it")
    func thereAndBack() async throws {
        for name in ["now", "before", "now"] {
            var steps = try start(name, isReporting: false)
            await steps.wait(.seconds(2))
            #expect(try await steps.granted() == all)
            if name == "now" { try FileManager.default.moveItem(at: exports.url, to: aside) }
            if name == "before" { try FileManager.default.moveItem(at: aside, to: exports.url) }
        }
        try FileManager.default.moveItem(at: aside, to: exports.url)
        var steps = try start("now")
        await steps.wait(.seconds(2))
        let files = try steps.state.files()
        #expect(files.filter { $0.hasPrefix("before/") } == [])
        #expect(files.count { $0.hasPrefix("now/") && $0.hasSuffix(".report.xml") } == 5)
        #expect(try await store.exports().count == 5)
    }

    @Test("It stays while its directory is away, across starts, and while another one is in its place")
    func away() async throws {
        try FileManager.default.moveItem(at: exports.url, to: aside)
        for _ in 0..<2 {
            var steps = try start()
            await steps.wait(.seconds(1_000))
            #expect(try await steps.granted() == all)
        }
        try FileManager.default.moveItem(at: aside, to: exports.url)
        try remove("13.ics")
        var steps = try start("later")
        await steps.wait(.seconds(400))
        #expect(try await steps.granted() == ["u10", "u11", "u12"])
        #expect(try await sources() == ["later"])
    }

    @Test("An export that is missing for a moment stays, and one that is gone goes as ever")
    func missing() async throws {
        try FileManager.default.moveItem(at: exports.url.appending(path: "13.ics"), to: aside)
        var steps = try start()
        await steps.wait(.seconds(5))
        #expect(try await steps.granted() == all)
        try FileManager.default.moveItem(at: aside, to: exports.url.appending(path: "13.ics"))
        await steps.wait(.seconds(400), hints: [steps.renamed("13.ics")])
        #expect(try await steps.granted() == all)
        try remove("13.ics")
        await steps.wait(.seconds(20), hints: [steps.renamed("13.ics")])
        #expect(try await steps.granted() == ["u10", "u11", "u12"])
    }

    @Test("One that cannot be used by now stays in force")
    func unusable() async throws {
        let whole = export(("u13", 13))
        try exports.write(String(whole.dropLast(20)), to: "13.ics")
        var steps = try start()
        await steps.wait(.seconds(1_000))
        #expect(try await steps.granted() == all)
        try exports.write(whole, to: "13.ics")
        await steps.wait(.seconds(2), hints: [steps.renamed("13.ics")])
        #expect(try await steps.granted() == all)
    }

    @Test("A drop box that is emptied keeps what it had")
    func keeping() async throws {
        for hour in 11..<14 { try remove("\(hour).ics") }
        var steps = try start(onRemoval: .keep)
        await steps.wait(.seconds(1_000))
        #expect(try await steps.granted() == all)
    }

    @Test("Several become one: in one directory, where one of the same path is enough, and in one below it")
    func merged() async throws {
        try await split("other", "", ["12.ics": "12.ics", "13.ics": "10.ics"])
        try FileManager.default.createDirectory(
            at: exports.url.appending(path: "hr"), withIntermediateDirectories: false)
        try FileManager.default.moveItem(
            at: exports.url.appending(path: "11.ics"), to: exports.url.appending(path: "hr/11.ics"))
        try await split("inner", "/hr", ["11.ics": "11.ics"])
        var steps = try start()
        await steps.wait(.seconds(400))
        #expect(try await steps.granted() == all)
        #expect(try await sources() == ["now"])
        let paths = try await store.exports().map(\.name.path).filter { $0 != "bad.ics" }
        #expect(paths == ["10.ics", "12.ics", "13.ics", "hr/11.ics"])
        #expect(try await store.watchedDirectories().map(\.source) == ["now"])
        try remove("10.ics")
        await steps.wait(.seconds(20), hints: [steps.renamed("10.ics")])
        #expect(try await steps.granted() == ["u11", "u12", "u13"], "nothing is left of the others' rows")
    }

    @Test("Of several of one path the one that is in force stays where none can be used", arguments: [false, true])
    func inForce(isMoved: Bool) async throws {
        if isMoved { try await split("now", "/elsewhere", [:]) }
        try await split("other", "", ["13.ics": "10.ics"])
        try await store.database.write { db in
            try db.execute(sql: "UPDATE export SET inForce = 0 WHERE path = '10.ics' AND source = 'before'")
        }
        for name in ["10.ics", "13.ics"] { try remove(name) }
        try exports.write("no calendar", to: "10.ics")
        var steps = try start()
        await steps.wait(.seconds(400))
        #expect(try await steps.granted() == ["u11", "u12", "u13"])
    }

    @Test("What lies outside its directory by now goes, and what lies inside stays")
    func narrowed() async throws {
        try await split("outer", "/..", ["12.ics": "\(exports.url.lastPathComponent)/12.ics", "13.ics": "a/13.ics"])
        try await store.database.write { [exports] db in
            let parent = exports.url.deletingLastPathComponent().path
            try db.execute(sql: "UPDATE watched SET directory = ? WHERE source = 'outer'", arguments: [parent])
        }
        try remove("13.ics")
        var steps = try start()
        await steps.wait(.seconds(2))
        #expect(try await steps.granted() == ["u10", "u11", "u12"])
        #expect(steps.logged.with("exports of a source that is no longer configured go").count == 1)
        #expect(try await sources() == ["now"])
        #expect(try await store.watchedDirectories().map(\.source) == ["now"])
    }

    @Test("Names that are one to Unicode are names of one source", arguments: [["b\u{E9}", "be\u{301}", "b\u{E9}"]])
    func spellings(names: [String]) async throws {
        for name in names {
            var steps = try start(name)
            await steps.wait(.seconds(400))
            #expect(try await steps.granted() == all)
            #expect(try await store.exports().allSatisfy { $0.name.source.utf8.elementsEqual(name.utf8) })
            #expect(try await store.watchedDirectories().count == 1)
        }
    }

    @Test("Who has some of its exports is known, also when it ended before it had all of them")
    func interrupted() async throws {
        try FileManager.default.moveItem(at: exports.url, to: aside)
        try await store.refuseUpdates(true, of: "loss")
        try await store.database.write { db in
            try db.execute(sql: "INSERT INTO loss (source, at, before, withdrawn) VALUES ('before', 0, 1, 1)")
        }
        await #expect(throws: DatabaseError.self) { try await store.noteWatched(["now": exports.path]) }
        #expect(try await sources() == ["now"])
        try await store.refuseUpdates(false, of: "loss")
        for name in ["before", "later"] {
            var steps = try start(name)
            await steps.wait(.seconds(1_000))
            #expect(try await steps.granted() == all)
            #expect(try await sources() == [name])
        }
        try FileManager.default.moveItem(at: aside, to: exports.url)
    }

    @Test("What an unfinished pass has hidden counts as what the heir has")
    func unfinished() async throws {
        try await split("other", "", ["13.ics": "10.ics"])
        try await store.database.write { db in
            let current = try GenerationRows.current(db)
            try db.execute(sql: "UPDATE generation SET staging = 1")
            try db.execute(
                sql: """
                    UPDATE booking SET until = ? WHERE export = (
                        SELECT id FROM export WHERE path = '10.ics' AND source = 'before'
                    )
                    """,
                arguments: [current + 1])
        }
        for name in ["10.ics", "13.ics"] { try remove(name) }
        var steps = try start()
        await steps.wait(.seconds(400))
        #expect(try await steps.granted() == ["u11", "u12"])
    }

    @Test("An heir that had another directory gets what lies in the new one", arguments: [false, true])
    func moved(hasDisk: Bool) async throws {
        let elsewhere = try TemporaryDirectory()
        try await store.database.write { db in
            try db.execute(
                sql: "INSERT INTO watched (source, directory) VALUES ('now', ?)", arguments: [elsewhere.path])
            try db.execute(sql: "UPDATE export SET source = 'now', path = '12.ics' WHERE path = '13.ics'")
            if hasDisk { try db.execute(sql: "UPDATE export SET device = 0 WHERE path = '11.ics'") }
        }
        for name in ["11.ics", "13.ics"] { try remove(name) }
        if !hasDisk { try FileManager.default.moveItem(at: exports.url, to: aside) }
        var steps = try start()
        await steps.wait(.seconds(400))
        #expect(try await steps.granted() == ["u10", "u11", "u12"])
        if !hasDisk { try FileManager.default.moveItem(at: aside, to: exports.url) }
    }
}
