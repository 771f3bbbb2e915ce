import Foundation
import Reservations
import TestSupport
import Testing

@testable import ReservationStore
@testable import Synchronizer

/// What the guard makes of it.
extension FormerSourceTests {
    @Test("The guard holds what looks like an accident, and what it held before", arguments: [true, false])
    func held(isHeldBefore: Bool) async throws {
        var before = try start("before")
        let events = (14..<20).map { (uid: "u\($0)", hour: $0) }
        try exports.write(export(events), to: "many.ics")
        await before.wait(.seconds(2))
        try exports.write(export([]), to: "many.ics")
        if isHeldBefore { await before.wait(.seconds(2), hints: [before.renamed("many.ics")]) }
        #expect(try await store.held(ofSource: "before").count == (isHeldBefore ? 6 : 0))
        var steps = try start()
        await steps.wait(.seconds(400))
        #expect(try await steps.granted().count == 10)
        #expect(try await store.held(ofSource: "before") == [])
        let held = try await store.held(ofSource: "now")
        #expect(held.count == 6)
        try await store.accept(held)
        await steps.wait(.seconds(4))
        #expect(try await steps.granted() == all)
    }

    @Test("What is held stays so where its source goes to several, or several become one", arguments: [true, false])
    func heldAndDivided(isSplit: Bool) async throws {
        var before = try start("before")
        for (first, folder) in [(100, "hr"), (200, "cs")] {
            let events = (0..<7).map { (uid: "\(folder)\($0)", hour: 14) }
            try exports.write(Self.apart(export(events), first: first), to: "\(folder)/many.ics")
        }
        await before.wait(.seconds(2))
        for folder in ["hr", "cs"] { try remove("\(folder)/many.ics") }
        await before.wait(.seconds(400), hints: [before.directoriesChanged])
        #expect(try await store.held(ofSource: "before").count == 14)
        let rest = (0..<30).map { (uid: "r\($0)", hour: 16) }
        if isSplit {
            try await store.noteWatched(["hr": "\(exports.path)/hr", "cs": "\(exports.path)/cs"])
            var steps = try Steps(name: "other", store: store)
            await steps.wait(.seconds(400))
        } else {
            try exports.write(Self.apart(export(rest), first: 300), to: "rest.ics")
            try await split("another", "", ["10.ics": "10.ics"])
            var steps = try start()
            await steps.wait(.seconds(400))
        }
        let held = try await store.held(ofSource: "before")
        #expect(held.count { !$0.booking.key.uid.hasPrefix("u") } == 14)
    }

    @Test("What an heir had elsewhere is asked about, also when that is told twice", arguments: [0, 1, 2])
    func elsewhere(times: Int) async throws {
        var before = try start("before")
        for (first, name) in [(100, "many"), (200, "old")] {
            let events = (0..<14).map { (uid: "\(name)\($0)", hour: 14) }
            try exports.write(Self.apart(export(events), first: first), to: "\(name).ics")
        }
        await before.wait(.seconds(2))
        try await split("now", "/elsewhere", ["old.ics": "many.ics"])
        try remove("old.ics")
        for _ in 0..<times { try await store.noteWatched(["now": exports.path]) }
        var steps = try start()
        await steps.wait(.seconds(2))
        let held = try await store.held(ofSource: "before")
        #expect(held.count { $0.booking.key.uid.hasPrefix("old") } == 14)
        #expect(try await steps.granted().count == 32)
    }

    @Test("What is gone is judged by all that it had, and by what it lost before", arguments: [0, 8, 16])
    func judged(others: Int) async throws {
        var before = try start("before")
        let many = (0..<14).map { (uid: "m\($0)", hour: 14) }
        let rest = (0..<others).map { (uid: "r\($0)", hour: 14) }
        try exports.write(Self.apart(export(many), first: 100), to: "many.ics")
        try exports.write(Self.apart(export(rest), first: 200), to: "rest.ics")
        await before.wait(.seconds(2))
        try remove("many.ics")
        var steps = try start()
        await steps.wait(.seconds(400))
        let isHeld = others < 16
        #expect(try await store.held(ofSource: "now").count == (isHeld ? 14 : 0))
        guard !isHeld else { return }
        // 14 of 34 went; with 4 more it is more than half.
        try exports.write(Self.apart(export(Array(rest.dropLast(4))), first: 200), to: "rest.ics")
        var later = try start("later")
        await later.wait(.seconds(400))
        #expect(try await store.held(ofSource: "later").count == 4)
    }

    @Test("What another one of its own claims is no loss, though that cannot be used by now")
    func claimed() async throws {
        var before = try start("before")
        // Three of each slot and owner.
        let slots = (0..<10).map { (uid: "m\($0)", hour: 14) }
        let few = Self.apart(export(slots), first: 100)
        let copies = ["m", "x", "y"].map { few.replacing("UID:m", with: "UID:\($0)") }
        for (number, copy) in copies.enumerated() { try exports.write(copy, to: "many\(number).ics") }
        await before.wait(.seconds(2))
        try exports.write(few.replacing("UID:m", with: "UID:n"), to: "copy.ics")
        await before.wait(.seconds(2), hints: [before.renamed("copy.ics")])
        try exports.write("no calendar", to: "copy.ics")
        for number in copies.indices { try remove("many\(number).ics") }
        var steps = try start()
        await steps.wait(.seconds(400))
        #expect(try await store.held(ofSource: "now") == [])
        #expect(try await steps.granted().contains("n0"))
    }

    @Test("It goes at once where nobody watches its directory")
    func gone() async throws {
        var elsewhere = try Steps(name: "other", store: store)
        await elsewhere.wait(.seconds(2))
        #expect(try await elsewhere.granted() == [])
        #expect(try await sources() == [])
        #expect(try await store.watchedDirectories().map(\.source) == ["other"])
    }

    @Test("Much of it goes only when the operator says so", arguments: [false, true])
    func goneAndHeld(isRestarted: Bool) async throws {
        var before = try start("before")
        let many = (0..<14).map { (uid: "m\($0)", hour: 14) }
        try exports.write(Self.apart(export(many), first: 100), to: "many.ics")
        await before.wait(.seconds(2))
        var elsewhere = try Steps(name: "other", store: store)
        await elsewhere.wait(.seconds(1_000))
        if isRestarted {
            elsewhere = try Steps(name: "other", store: store)
            await elsewhere.wait(.seconds(1_000))
        }
        let held = try await store.held(ofSource: "before")
        #expect(held.count == 18)
        #expect(try await elsewhere.granted().count == 18)
        #expect(try await store.watchedDirectories().first { $0.source == "before" }?.held == 18)
        try await store.accept(held)
        await elsewhere.wait(.seconds(4))
        #expect(try await elsewhere.granted() == [])
        #expect(try await store.watchedDirectories().map(\.source) == ["other"])
    }

    /// Each on a day of its own.
    private static func apart(_ text: String, first: Int) -> String {
        var (number, parts) = (first, text.split(separator: "20261201T", omittingEmptySubsequences: false)[...])
        var result = String(parts.removeFirst())
        for part in parts {
            let day = Date(timeIntervalSince1970: 1_795_348_800 + Double(number) * 86_400)
            result += "\(day.formatted(.iso8601.year().month().day().dateSeparator(.omitted)))T\(part)"
            number += 1
        }
        return result
    }
}
