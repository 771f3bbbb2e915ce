import Foundation
import Reservations
import TestSupport
import Testing

@testable import Synchronizer

/// What becomes of the senders' copies when `reports_to` names another directory, or none.
@Suite("Former copies of reports")
struct FormerCopiesTests {
    private let rooms: RoomCatalogue

    init() throws { rooms = try Steps.answering("*", by: "blue@rooms.example.org") }

    @Test(
        "Copies that lie where they were to lie before go, and what else is there stays",
        arguments: [["hr": "elsewhere"], [:]])
    func formerCopies(later: [String: String]) async throws {
        var steps = try Steps(rooms: rooms) { ["hr": $0.path + "/answers"] }
        try steps.exports.write(export(("a", 10)), to: "team/a.ics")
        await steps.wait(.seconds(2))
        try steps.state.write("mine", to: "answers/replies/notes.ics")
        try steps.state.write("mine", to: "answers/other.ics.report.xml")
        let before = try steps.state.files().filter { $0.hasPrefix("answers/") }
        #expect(before.count == 7, "\(before)")
        var moved = try Steps(store: steps.store, rooms: rooms, state: steps.state) { state in
            later.mapValues { "\(state.path)/\($0)" }
        }
        try moved.exports.write(export(("a", 10)), to: "team/a.ics")
        await moved.wait(.seconds(2))
        let left = try steps.state.files()
        #expect(
            left.filter { $0.hasPrefix("answers/") } == ["answers/other.ics.report.xml", "answers/replies/notes.ics"])
        #expect(left.count { $0.hasPrefix("elsewhere/") } == (later.isEmpty ? 0 : 5), "\(left)")
    }

    @Test("A source that goes takes its copies with it")
    func copiesOfForgotten() async throws {
        var steps = try Steps(rooms: rooms) { ["hr": $0.path + "/answers"] }
        try steps.exports.write(export(("a", 10)), to: "a.ics")
        await steps.wait(.seconds(2))
        var rest = try Steps(name: "other", store: steps.store, rooms: rooms, state: steps.state)
        await rest.wait(.seconds(2))
        #expect(try steps.state.files().filter { $0.hasPrefix("answers/") || $0.hasPrefix("hr/") } == [])
    }
}
