import DirectoryWatch
import Foundation
import GRDB
import TestSupport
import Testing

@testable import ReservationStore
@testable import Synchronizer

@Suite("A source that has another name by now")
struct FormerSourceTests {
    private let exports: TemporaryDirectory
    private let aside: URL
    private let store: ReservationStore

    init() async throws {
        exports = try TemporaryDirectory()
        aside = exports.url.deletingLastPathComponent().appending(path: "aside-\(UUID().uuidString)")
        store = try ReservationStore.inMemory()
        var steps = try Steps(name: "before", store: store, exports: exports)
        for hour in 10..<14 { try exports.write(export(("u\(hour)", hour)), to: "\(hour).ics") }
        await steps.wait(.seconds(2))
        #expect(try await steps.granted().count == 4)
    }

    private func sources() async throws -> Set<String> { Set(try await store.exports().map(\.name.source)) }

    @Test("Its exports go as soon as they are read under the new one")
    func renamed() async throws {
        var steps = try Steps(name: "now", store: store, exports: exports)
        await steps.wait(.seconds(2))
        #expect(try await steps.granted() == ["u10", "u11", "u12", "u13"])
        #expect(try await sources() == ["now"])
        #expect(try await store.watchedDirectories().map(\.source) == ["now"])
    }

    @Test("They stay while its directory is away, across starts, and while another one is in its place")
    func away() async throws {
        try FileManager.default.moveItem(at: exports.url, to: aside)
        for _ in 0..<2 {
            var steps = try Steps(name: "now", store: store, exports: exports)
            await steps.wait(.seconds(1_000))
            #expect(try await steps.granted() == ["u10", "u11", "u12", "u13"])
        }
        try FileManager.default.createDirectory(at: exports.url, withIntermediateDirectories: false)
        var steps = try Steps(name: "now", store: store, exports: exports)
        await steps.wait(.seconds(1_000))
        #expect(try await steps.granted() == ["u10", "u11", "u12", "u13"])
        #expect(steps.logged.with("stay until it has been seen").count == 1)
        #expect(try await sources() == ["before"])

        try FileManager.default.removeItem(at: exports.url)
        try FileManager.default.moveItem(at: aside, to: exports.url)
        try FileManager.default.removeItem(at: exports.url.appending(path: "13.ics"))
        await steps.wait(.seconds(400))
        #expect(try await steps.granted() == ["u10", "u11", "u12"])
        #expect(try await sources() == ["now"])
        #expect(try await store.watchedDirectories().map(\.source) == ["now"])
    }

    @Test("No room is free between what it had and what is read under the new name")
    func noGap() async throws {
        try FileManager.default.moveItem(at: exports.url, to: aside)
        var steps = try Steps(name: "now", store: store, exports: exports)
        await steps.wait(.seconds(100))
        try FileManager.default.moveItem(at: aside, to: exports.url)
        let isBack = DirectoryChange.everything(root: exports.path, cause: .watched)
        for number in 0..<60 {
            await steps.wait(.milliseconds(500), hints: number == 0 ? [isBack] : [])
            #expect(try await steps.granted() == ["u10", "u11", "u12", "u13"])
        }
        #expect(try await sources() == ["now"])
    }

    @Test("One that cannot be used under the new name leaves in force what it had, and no other does")
    func unusable() async throws {
        let whole = export(("u13", 13))
        try exports.write(String(whole.dropLast(20)), to: "13.ics")
        var steps = try Steps(name: "now", store: store, exports: exports)
        await steps.wait(.seconds(1_000))
        #expect(try await steps.granted() == ["u10", "u11", "u12", "u13"])
        let former = try await store.exports().filter { $0.name.source == "before" }
        #expect(former.map(\.name.path) == ["13.ics"])
        try exports.write(whole, to: "13.ics")
        for _ in 0..<4 {
            await steps.wait(.milliseconds(500), hints: [steps.renamed("13.ics")])
            #expect(try await steps.granted() == ["u10", "u11", "u12", "u13"])
        }
        #expect(try await sources() == ["now"])
    }

    @Test("A file that never stands still keeps them for ten minutes, and not for ever")
    func restless() async throws {
        try FileManager.default.removeItem(at: exports.url.appending(path: "13.ics"))
        var steps = try Steps(name: "now", store: store, exports: exports)
        for number in 0..<1_300 {
            try exports.write(String(repeating: "x", count: number), to: "busy.ics")
            if number == 1_000 { #expect(try await steps.granted() == ["u10", "u11", "u12", "u13"]) }
            await steps.wait(.milliseconds(500))
        }
        #expect(try await steps.granted() == ["u10", "u11", "u12"])
        #expect(try await sources() == ["now"])
    }

    @Test("The operator lets go of them where the directory is empty for good")
    func accepted() async throws {
        for hour in 10..<14 { try FileManager.default.removeItem(at: exports.url.appending(path: "\(hour).ics")) }
        var steps = try Steps(name: "now", store: store, exports: exports)
        await steps.wait(.seconds(1_000))
        #expect(try await steps.granted() == ["u10", "u11", "u12", "u13"])
        #expect(steps.next <= steps.elapsed + .seconds(3), "the operator is asked every few seconds")
        let away = try await store.away(ofSource: "before", isFormer: true, at: noon)
        #expect(away.map(\.name.path) == ["10.ics", "11.ics", "12.ics", "13.ics"])
        try await store.letGo(away.dropLast(), isFormer: true)
        await steps.wait(.seconds(4))
        #expect(try await steps.granted() == ["u13"])
        try await store.letGo(away, isFormer: true)
        await steps.wait(.seconds(4))
        #expect(try await steps.granted() == [])
        #expect(try await store.watchedDirectories().map(\.source) == ["now"])
    }

    @Test("What it had on a disk that is away stays")
    func diskAway() async throws {
        try await store.database.write { db in
            try db.execute(sql: "UPDATE export SET device = 0 WHERE path IN ('12.ics', '13.ics')")
        }
        for name in ["12.ics", "13.ics"] {
            try FileManager.default.removeItem(at: exports.url.appending(path: name))
        }
        var steps = try Steps(name: "now", store: store, exports: exports)
        await steps.wait(.seconds(1_000))
        #expect(try await steps.granted() == ["u10", "u11", "u12", "u13"])
        #expect(try await sources() == ["before", "now"])
    }

    @Test("Those below a link that leads elsewhere by now stay, and no others")
    func hidden() async throws {
        var before = try Steps(name: "before", store: store, exports: exports)
        try exports.write(export(("inner", 20)), to: "hr/a.ics")
        await before.wait(.seconds(400))
        try FileManager.default.moveItem(at: exports.url.appending(path: "hr"), to: aside)
        try FileManager.default.createSymbolicLink(
            at: exports.url.appending(path: "hr"), withDestinationURL: aside)
        try FileManager.default.removeItem(at: exports.url.appending(path: "13.ics"))
        var steps = try Steps(name: "now", store: store, exports: exports)
        await steps.wait(.seconds(400))
        #expect(try await steps.granted() == ["inner", "u10", "u11", "u12"])
        #expect(try await sources() == ["before", "now"])
        try FileManager.default.removeItem(at: exports.url.appending(path: "hr"))
        await steps.wait(.seconds(400))
        #expect(try await steps.granted() == ["u10", "u11", "u12"])
        #expect(try await sources() == ["now"])
    }

    @Test("They go at once where nobody watches its directory")
    func gone() async throws {
        var elsewhere = try Steps(name: "other", store: store)
        await elsewhere.wait(.seconds(2))
        #expect(try await elsewhere.granted() == [])
        #expect(try await sources() == [])
    }

    @Test("They go from a directory that may be empty as soon as it has been seen")
    func empty() async throws {
        for hour in 10..<14 { try FileManager.default.removeItem(at: exports.url.appending(path: "\(hour).ics")) }
        var steps = try Steps(name: "now", allowsEmpty: true, store: store, exports: exports)
        await steps.wait(.seconds(2))
        #expect(try await steps.granted() == [])
    }
}
