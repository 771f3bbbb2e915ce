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

    @Test("Who sends what cannot be read is told so, and again only when something changes")
    func rejected() async throws {
        var steps = try Steps(rooms: rooms)
        let bad = export(("a", 10)).replacing("T100000Z", with: "T990000Z")
        try steps.exports.write(bad, to: "a.ics")
        await steps.wait(.seconds(2))
        let reply = try steps.reply(to: "a")
        #expect(reply.contains("PARTSTAT=DECLINED:mailto:blue@rooms.example.org"), "\(reply)")
        #expect(reply.contains("REQUEST-STATUS:3.5;Invalid date or time\r\n"))
        #expect(reply.contains("ORGANIZER:mailto:a@example.org") && !reply.contains("stays in force"))
        // The next day's reading of the same content is no news, nor is one that only moves the entry.
        let stamp = try steps.stamp(ofReplyTo: "a")
        try steps.exports.write(bad.replacing("BEGIN:VEVENT", with: "X-WR-CALNAME:x\nBEGIN:VEVENT"), to: "a.ics")
        await steps.wait(.seconds(2), hints: [steps.renamed("a.ics")], days: 1)
        #expect(try steps.stamp(ofReplyTo: "a") == stamp)
        try steps.exports.write(export(("a", 10)), to: "a.ics")
        await steps.wait(.seconds(2), hints: [steps.renamed("a.ics")])
        #expect(try steps.reply(to: "a").contains("REQUEST-STATUS:2.0;Success\r\n"))
    }

    @Test("Of a bad update it is told that the old one stays; when the good one is back, that it is accepted")
    func badUpdate() async throws {
        var steps = try Steps(rooms: rooms)
        let good = export(("a", 10), ("b", 12))
        try steps.exports.write(good, to: "a.ics")
        await steps.wait(.seconds(2))
        let untouched = try steps.stamp(ofReplyTo: "b")
        let bad = good.replacing("UID:a\n", with: "UID:a\nSEQUENCE:1\nRRULE:FREQ=WEEKLY;BYDAY=XX\n")
        try steps.exports.write(bad, to: "a.ics")
        await steps.wait(.seconds(2), hints: [steps.renamed("a.ics")])
        let told = try steps.reply(to: "a")
        #expect(told.contains("REQUEST-STATUS:3.6;Invalid rule") && told.contains("SEQUENCE:1\r\n"))
        #expect(told.contains("What was granted before stays in force") && told.contains("PARTSTAT=DECLINED"))
        #expect(try await steps.granted() == ["a", "b"])
        try steps.exports.write(good, to: "a.ics")
        await steps.wait(.seconds(2), hints: [steps.renamed("a.ics")])
        #expect(try steps.reply(to: "a").contains("PARTSTAT=ACCEPTED"))
        #expect(try steps.stamp(ofReplyTo: "b") == untouched)
    }

    @Test("A rejection goes with its entry and with its export; another one's good revision outdoes it")
    func rejectionsEnd() async throws {
        var steps = try Steps(rooms: rooms)
        let bad = export(("a", 10), ("b", 12)).replacing("DURATION:PT1H", with: "DURATION:-PT1H")
        try steps.exports.write(bad, to: "a.ics")
        await steps.wait(.seconds(2))
        #expect(try steps.replies().count == 2)
        try steps.exports.write(export(("b", 12)).replacing("PT1H", with: "-PT1H"), to: "a.ics")
        await steps.wait(.seconds(2), hints: [steps.renamed("a.ics")])
        #expect(try steps.replies().count == 1)
        let better = export(("b", 12)).replacing("SUMMARY:", with: "SEQUENCE:1\nSUMMARY:")
        try steps.exports.write(better, to: "b.ics")
        await steps.wait(.seconds(2), hints: [steps.renamed("b.ics")])
        #expect(try steps.reply(to: "b").contains("PARTSTAT=ACCEPTED"))
        for name in ["a.ics", "b.ics"] { try FileManager.default.removeItem(atPath: "\(steps.exports.path)/\(name)") }
        await steps.wait(.seconds(700))
        #expect(try steps.replies().isEmpty)
    }

    @Test("A rejection that says whose it is, but not to whom or for which room, is answered by nobody")
    func unanswerable() async throws {
        var steps = try Steps(rooms: rooms)
        let bad = export(("a", 10), ("b", 12)).replacing("DTSTART", with: "X-START")
        let nobody = bad.replacing("ORGANIZER:mailto:a@example.org", with: "CONTACT:a")
        try steps.exports.write(nobody.replacing("/blue", with: "/red"), to: "a.ics")
        await steps.wait(.seconds(2))
        #expect(!FileManager.default.fileExists(atPath: "\(steps.state.path)/hr/replies"))
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
