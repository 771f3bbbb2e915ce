import Foundation
import Reports
import Reservations
import TestSupport
import Testing

@testable import ReservationStore
@testable import Synchronizer

/// The answers of rooms to organizers, from files to files (design: reports, "iTIP replies").
@Suite("Replies that are written")
struct ReplyTests {
    private let rooms: RoomCatalogue

    init() throws { rooms = try Steps.answering("blue", by: "blue@rooms.example.org") }

    @Test("Who has a slot is told so, and who has not is told why and what is free")
    func decided() async throws {
        var steps = try Steps(rooms: rooms)
        try steps.exports.write(export(("a", 10), ("b", 10)), to: "a.ics")
        await steps.wait(.seconds(2))
        let (winner, loser) = (try steps.reply(to: "a"), try steps.reply(to: "b"))
        #expect(winner.contains("METHOD:REPLY\r\n") && winner.contains("ORGANIZER:mailto:a@example.org\r\n"))
        #expect(winner.contains("ATTENDEE;CUTYPE=ROOM;PARTSTAT=ACCEPTED:mailto:blue@rooms.example.org\r\n"))
        #expect(winner.contains("DTSTAMP:20261122T1200") && winner.contains("REQUEST-STATUS:2.0;Success\r\n"))
        #expect(loser.contains("PARTSTAT=DECLINED") && loser.contains("REQUEST-STATUS:4.0;"))
        #expect(loser.contains("COMMENT:room blue is taken 2026-12-01 10:00–11:00"))
        #expect(loser.contains("the room is free 2026-12-01 11:00–12:00"))
        #expect(try steps.replies().count == 2)
    }

    @Test("A reply follows what becomes of the booking, and goes with it; others are not touched")
    func follows() async throws {
        var steps = try Steps(rooms: rooms)
        for uid in ["a", "b"] { try steps.exports.write(export((uid, 10)), to: "\(uid).ics") }
        try steps.exports.write(export(("c", 14)), to: "c.ics")
        await steps.wait(.seconds(2))
        #expect(try steps.reply(to: "b").contains("PARTSTAT=DECLINED"))
        let untouched = try steps.stamp(ofReplyTo: "c")
        let cancelled = export(("a", 10)).replacing("SUMMARY:", with: "STATUS:CANCELLED\nSEQUENCE:1\nSUMMARY:")
        try steps.exports.write(cancelled, to: "a.ics")
        await steps.wait(.seconds(2), hints: [steps.renamed("a.ics")])
        #expect(throws: CocoaError.self) { try steps.reply(to: "a") }
        #expect(try steps.reply(to: "b").contains("PARTSTAT=ACCEPTED"))
        #expect(try steps.stamp(ofReplyTo: "c") == untouched)
    }

    @Test("Without an address of the room, the only attendee that is a room answers")
    func attendee() async throws {
        var steps = try Steps()
        let room = "ATTENDEE;CUTYPE=ROOM:mailto:Blue@calendar.example.org"
        let invited = export(("a", 10)).replacing("SUMMARY:", with: "\(room)\nSUMMARY:")
        let rooms = "\(room)\n\(room.replacing("Blue", with: "red"))"
        let two = export(("b", 12)).replacing("SUMMARY:", with: "\(rooms)\nSUMMARY:")
        try steps.exports.write(invited, to: "a.ics")
        try steps.exports.write(two, to: "b.ics")
        try steps.exports.write(export(("c", 14)), to: "c.ics")
        await steps.wait(.seconds(2))
        #expect(try steps.reply(to: "a").contains("PARTSTAT=ACCEPTED:mailto:blue@calendar.example.org"))
        #expect(try steps.replies().count == 1)
    }

    @Test("Where nobody can answer there is no directory for it")
    func nobody() async throws {
        var steps = try Steps()
        try steps.exports.write(export(("a", 10), ("b", 10)), to: "a.ics")
        await steps.wait(.seconds(2))
        #expect(try steps.report("hr/a.ics.report.json").contains("declined"))
        #expect(!FileManager.default.fileExists(atPath: "\(steps.state.path)/hr/replies"))
    }

    @Test("A value that was left out is told with the grant")
    func remark() async throws {
        var steps = try Steps(rooms: rooms)
        let odd = export(("a", 10)).replacing("SUMMARY:", with: "X-JITSI-MAX-OCCUPANTS:many\nSUMMARY:")
        try steps.exports.write(odd, to: "a.ics")
        await steps.wait(.seconds(2))
        #expect(try steps.reply(to: "a").contains("REQUEST-STATUS:2.2;Success\\, invalid property ignored"))
    }

    @Test("The same meeting under another UID has the room too")
    func duplicate() async throws {
        var steps = try Steps(rooms: rooms)
        let twin = export(("b", 10)).replacing("mailto:b@", with: "mailto:a@")
        try steps.exports.write(export(("a", 10)), to: "a.ics")
        try steps.exports.write(twin, to: "b.ics")
        await steps.wait(.seconds(2))
        #expect(try steps.reply(to: "a").contains("PARTSTAT=ACCEPTED"))
        #expect(try steps.reply(to: "b").contains("PARTSTAT=ACCEPTED"))
    }

    @Test("The sender finds a copy, and no address of a room any more means no replies")
    func copies() async throws {
        var steps = try Steps(rooms: rooms) { ["hr": $0.path + "/answers"] }
        try steps.exports.write(export(("a", 10)), to: "a.ics")
        await steps.wait(.seconds(2))
        let name = try #require(try steps.replies().first)
        #expect(try steps.report("answers/replies/\(name)") == steps.report("hr/replies/\(name)"))
        var mute = try Steps(store: steps.store, state: steps.state) { ["hr": $0.path + "/answers"] }
        try mute.exports.write(export(("a", 10)), to: "a.ics")
        await mute.wait(.seconds(2))
        #expect(try mute.replies().isEmpty)
    }

    @Test("A UID that would climb out of the directory does not", arguments: ["../../x", "/etc/x", ".", "a\\nb"])
    func hostile(uid: String) async throws {
        var steps = try Steps(rooms: rooms)
        try steps.exports.write(export(("a", 10)).replacing("UID:a", with: "UID:\(uid)"), to: "a.ics")
        await steps.wait(.seconds(2))
        let names = try steps.replies()
        #expect(names.count == 1 && names[0].utf8.count == 36 && names[0].hasSuffix(".ics"))
    }
}

extension Steps {
    fileprivate func replies() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "\(state.path)/hr/replies").sorted()
    }

    /// With long lines put together again.
    fileprivate func reply(to uid: String) throws -> String {
        try report(try path(ofReplyTo: uid)).replacing("\r\n ", with: "")
    }

    fileprivate func stamp(ofReplyTo uid: String) throws -> String {
        let attributes = try FileManager.default.attributesOfItem(atPath: "\(state.path)/\(path(ofReplyTo: uid))")
        return "\(attributes[.systemFileNumber] ?? "") \(attributes[.modificationDate] ?? "")"
    }

    private func path(ofReplyTo uid: String) throws -> String {
        ReportTree(root: state.path).reply(to: uid, of: "hr", from: try #require(RoomName("blue"))).pathBelowRoot
    }
}
