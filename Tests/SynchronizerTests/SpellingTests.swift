import Foundation
import GRDB
import TestSupport
import Testing

@testable import ReservationStore
@testable import Synchronizer

@Suite("Names that are one to Unicode and two to the disk")
struct SpellingTests {
    private let composed = "caf\u{E9}.ics"
    private let decomposed = "cafe\u{301}.ics"

    private func paths(_ steps: Steps) async throws -> [[UInt8]] {
        try await steps.store.exports().map { Array($0.name.path.utf8) }
    }

    @Test("A file that comes under the other spelling is the same export, also after a start")
    func exchanged() async throws {
        var steps = try Steps()
        try steps.exports.write(export(("a", 10)), to: composed)
        await steps.wait(.seconds(2))
        try FileManager.default.removeItem(at: steps.exports.url.appending(path: composed))
        try steps.exports.write(export(("b", 12)), to: decomposed)
        await steps.wait(.seconds(400))
        #expect(try await steps.granted() == ["b"])
        #expect(try await paths(steps) == [Array(composed.utf8)])

        var next = try Steps(store: steps.store, exports: steps.exports)
        await next.wait(.seconds(400))
        #expect(try await next.granted() == ["b"])
        try FileManager.default.removeItem(at: steps.exports.url.appending(path: decomposed))
        await next.wait(.seconds(800))
        #expect(try await next.granted() == [])
        #expect(try await paths(next) == [])
    }

    @Test("Of two files the one that was there first stays the export: after a start, on a new day, in each scan")
    func beside() async throws {
        var steps = try Steps(isWatched: false)
        try steps.exports.write(export(("a", 10)), to: composed)
        await steps.wait(.seconds(20))
        // It comes first in order of bytes.
        try steps.exports.write(export(("b", 12)), to: decomposed)
        await steps.wait(.seconds(20))
        await steps.wait(.seconds(20), days: 1)
        #expect(try await steps.granted() == ["a"])
        var next = try Steps(store: steps.store, exports: steps.exports, isWatched: false)
        await next.wait(.seconds(20))
        #expect(try await next.granted() == ["a"])
        try next.exports.write(export(("c", 14)), to: composed)
        await next.wait(.seconds(20))
        #expect(try await next.granted() == ["c"])
        try FileManager.default.removeItem(at: next.exports.url.appending(path: composed))
        await next.wait(.seconds(40))
        #expect(try await next.granted() == ["b"])
        #expect(try await paths(next) == [Array(composed.utf8)])
    }

    @Test("Where a store has both, one stays", arguments: [true, false])
    func both(isComposed: Bool) async throws {
        var before = try Steps()
        try before.exports.write(export(("a", 10)), to: "a.ics")
        try before.exports.write(export(("b", 12)), to: "b.ics")
        await before.wait(.seconds(2))
        try await before.store.database.write { [composed, decomposed] db in
            try db.execute(sql: "UPDATE export SET path = ? WHERE path = 'a.ics'", arguments: [composed])
            try db.execute(sql: "UPDATE export SET path = ? WHERE path = 'b.ics'", arguments: [decomposed])
        }
        for name in ["a.ics", "b.ics"] {
            try FileManager.default.removeItem(at: before.exports.url.appending(path: name))
        }
        let uid = isComposed ? "a" : "b"
        let name = isComposed ? composed : decomposed
        try before.exports.write(export((uid, isComposed ? 10 : 12)), to: name)
        var after = try Steps(store: before.store, exports: before.exports)
        await after.wait(.seconds(400))
        #expect(try await after.granted() == [uid])
        #expect(try await paths(after).count == 1)
    }
}
