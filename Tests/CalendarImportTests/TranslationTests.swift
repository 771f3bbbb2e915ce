import CalendarImport
import Diagnostics
import Foundation
import Reservations
import Testing

@Suite("From entries to bookings")
struct TranslationTests {
    @Test(
        "Lengths that cannot be booked are rejected",
        arguments: [
            ("DTEND:20261208T080000Z", DiagnosticCode.endNotAfterStart),
            ("DTEND:20261210T090000Z", .tooLong),
            ("X-NOTHING:1", .noLength),
        ]
    )
    func lengths(line: String, code: DiagnosticCode) throws {
        let export = try reader().read(calendar("DTSTART:20261208T090000Z", line, "LOCATION:blue"), path: "x.ics")
        #expect(export.bookings.isEmpty)
        #expect(export.diagnostics.contains { $0.code == code && $0.line == 4 })
    }

    @Test("A default length stands in for a missing one")
    func defaultLength() throws {
        let reader = try reader { $0.lengths.defaultDuration = .seconds(1_800) }
        let export = reader.read(calendar("DTSTART:20261208T090000Z", "LOCATION:blue"), path: "x.ics")
        #expect(export.bookings.first?.occurrences.first?.slot.length == 1_800)
    }

    @Test(
        "What names another room beside an equal location is asked",
        arguments: [
            "URL:https://meet.example.org/", "CONFERENCE;VALUE=URI;FEATURE=VIDEO:https://meet.example.org/",
            "DESCRIPTION:Please join https://meet.example.org/", "X-ROOM:",
        ])
    func cluesBesideLocation(line: String) throws {
        let base = try #require(JitsiBaseURL("https://meet.example.org"))
        for bases in line.hasPrefix("CONFERENCE") ? [[base], []] : [[base]] {
            let rules = RoomRules([.url, .property, .location], slug: true, property: "X-ROOM")
            let reader = try reader { $0.rooms = RoomResolver(rules: rules, baseURLs: bases) }
            let bytes = ["red", "green"].flatMap {
                calendar("DTSTART:20261208T090000Z", "DURATION:PT1H", "LOCATION:blue", line + $0)
            }
            let rooms = reader.read(bytes, path: "x.ics").bookings.map { $0.rooms.map(\.name.text) }
            #expect(rooms == [["red"], ["green"]], "\(bases)")
        }
    }

    @Test("A location means in each calendar what it means there")
    func knownLocations() throws {
        let reader = try reader { $0.rooms = RoomResolver(rules: RoomRules([.location, .calendar], slug: false)) }
        var bytes: [UInt8] = []
        for name in ["blue", "green"] {
            for location in ["x", "https://meet.example.org/red"] {
                bytes += calendar(
                    "DTSTART:20261208T090000Z", "DURATION:PT1H", "LOCATION:\(location)",
                    calendarLines: ["NAME:\(name)"])
            }
        }
        let rooms = reader.read(bytes, path: "x.ics").bookings.map { $0.rooms.map(\.name.text) }
        #expect(rooms == [["blue"], ["blue"], ["green"], ["green"]])
    }

    @Test("Whole days are local days, unless they are to be ignored")
    func allDay() throws {
        let bytes = calendar("DTSTART;VALUE=DATE:20261208", "LOCATION:blue")
        let slot = try #require(try reader().read(bytes, path: "x.ics").bookings.first?.occurrences.first?.slot)
        #expect(slot.start == (try instant("2026-12-07T23:00:00Z")))
        #expect(slot.length == 86_400)
        let ignoring = try reader { $0.lengths.booksAllDay = false }
        #expect(ignoring.read(bytes, path: "x.ics").bookings.first?.occurrences == [])
    }

    @Test("A recurring booking ends at the horizon, a single one may be as far ahead as it likes")
    func horizon() throws {
        let daily = calendar("DTSTART:20261101T090000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY", "LOCATION:blue")
        #expect(try reader().read(daily, path: "x.ics").bookings.first?.occurrences.count == 407)
        let single = calendar("DTSTART:20480420T150000Z", "DURATION:PT1H", "LOCATION:blue")
        #expect(try reader().read(single, path: "x.ics").bookings.first?.occurrences.count == 1)
    }

    @Test("A moved occurrence frees its old slot and is a booking of its own")
    func moved() throws {
        let override = """
            BEGIN:VEVENT\r\nUID:one@example.org\r\nRECURRENCE-ID:20261208T090000Z\r\nDTSTART:20261209T090000Z\r
            DURATION:PT1H\r\nLOCATION:blue\r\nEND:VEVENT\r\n
            """
        let text = String(
            decoding: calendar(
                "DTSTART:20261201T090000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=3", "LOCATION:blue"),
            as: UTF8.self
        ).replacing("END:VCALENDAR", with: override + "END:VCALENDAR")
        let export = try reader().read(Array(text.utf8), path: "x.ics")
        #expect(export.bookings.map(\.key.recurrenceID?.text) == [nil, "20261208T090000Z"])
        #expect(export.bookings[0].occurrences.map(\.recurrenceID?.text) == ["20261201T090000Z", "20261215T090000Z"])
        #expect(export.bookings[1].occurrences.map(\.slot.start) == [try instant("2026-12-09T09:00:00Z")])
    }

    @Test(
        "Who takes part",
        arguments: [
            ("STATUS:CONFIRMED", Participation.confirmed), ("STATUS:TENTATIVE", .tentative),
            ("STATUS:CANCELLED", .cancelled), ("TRANSP:TRANSPARENT", .transparent),
            ("ATTENDEE;CUTYPE=ROOM;PARTSTAT=DECLINED:mailto:blue@rooms.example.org", .roomDeclined),
        ]
    )
    func participation(line: String, expected: Participation) throws {
        let bytes = calendar("DTSTART:20261208T090000Z", "DURATION:PT1H", "LOCATION:blue", line)
        #expect(try reader().read(bytes, path: "x.ics").bookings.first?.participation == expected)
    }

    @Test(
        "What calls a booking off need not say where and how long it was",
        arguments: [
            (["METHOD:CANCEL"], ["DTSTART:20261208T090000Z"]), (["METHOD:CANCEL"], []),
            ([], ["DTSTART:20261208T090000Z", "STATUS:CANCELLED"]), ([], ["STATUS:CANCELLED"]),
        ])
    func bareCancellation(calendarLines: [String], lines: [String]) throws {
        let export = try reader().read(calendar(lines, calendarLines: calendarLines), path: "x.ics")
        #expect(export.bookings.map(\.participation) == [.cancelled])
        #expect(export.bookings.map(\.key.uid) == ["one@example.org"])
        #expect(export.rejectedUIDs.isEmpty)
        #expect(export.diagnostics.filter { $0.severity == .error }.isEmpty)
    }

    @Test("What goes on takes part, however long ago it began", arguments: ["", "RRULE:FREQ=YEARLY"])
    func underWay(rule: String) throws {
        // The horizon begins on 15 November.
        func occurrences(_ days: String...) throws -> Int? {
            let lines = ["DTSTART;VALUE=DATE:\(days[0])", "DTEND;VALUE=DATE:\(days[1])", "LOCATION:blue", rule]
            let export = try reader().read(calendar(lines.filter { !$0.isEmpty }), path: "x.ics")
            return export.bookings.first?.occurrences.count { $0.slot.start < today }
        }
        #expect(try occurrences("20261105", "20261119") == 1)
        #expect(try occurrences("20261102", "20261114") == 0)
    }

    @Test("A calendar that is called off calls off every entry")
    func cancelMethod() throws {
        let bytes = calendar(
            "DTSTART:20261208T090000Z", "DURATION:PT1H", "LOCATION:blue", calendarLines: ["METHOD:CANCEL"])
        #expect(try reader().read(bytes, path: "x.ics").bookings.first?.participation == .cancelled)
    }

    @Test("Organiser and attendees are people; rooms and those who declined are not")
    func people() throws {
        let bytes = calendar(
            "DTSTART:20261208T090000Z", "DURATION:PT1H", "LOCATION:blue", "ORGANIZER:MAILTO:Ann@Example.org",
            "ATTENDEE:mailto:ben@example.org", "ATTENDEE;PARTSTAT=DECLINED:mailto:cleo@example.org",
            "ATTENDEE;CUTYPE=RESOURCE:mailto:beamer@example.org", "ATTENDEE;EMAIL=dora@example.org:urn:uuid:1")
        let booking = try #require(try reader().read(bytes, path: "x.ics").bookings.first)
        #expect(booking.owner?.address == "ann@example.org")
        #expect(booking.attendees.map(\.address) == ["ben@example.org", "dora@example.org"])
    }

    @Test("Settings: the booking's, else the source's; a bad value never leaves a room less protected")
    func settings() throws {
        let reader = try reader { $0.settings = RoomSettings(maxOccupants: 5, lobby: true) }
        func read(_ line: String) -> ImportedExport {
            reader.read(calendar("DTSTART:20261208T090000Z", "DURATION:PT1H", "LOCATION:blue", line), path: "x.ics")
        }
        #expect(read("X-JITSI-MAX-OCCUPANTS:9").bookings.first?.settings == RoomSettings(maxOccupants: 9, lobby: true))
        #expect(read("X-JITSI-LOBBY:false").bookings.first?.settings.lobby == false)
        #expect(read("X-JITSI-LOBBY: ").bookings.first?.settings.lobby == true)
        #expect(read("X-JITSI-PASSWORD:").bookings.first?.settings.password == nil)

        let occupants = read("X-JITSI-MAX-OCCUPANTS:many")
        #expect(occupants.bookings.first?.settings.maxOccupants == 5)
        #expect(occupants.diagnostics.contains { $0.code == .badMaxOccupants })
        let lobby = read("X-JITSI-LOBBY:maybe")
        #expect(lobby.bookings.first?.settings.lobby == true)
        #expect(lobby.diagnostics.contains { $0.code == .badLobby })
        let password = read("X-JITSI-PASSWORD:" + String(repeating: "x", count: 201))
        #expect(password.bookings.isEmpty)
        #expect(password.diagnostics.contains { $0.code == .badPassword })
        #expect(password.rejectedUIDs == ["one@example.org"])
    }

    @Test(
        "What is not public keeps its title to itself",
        arguments: [("PUBLIC", "Title"), ("PRIVATE", ""), ("confidential", ""), ("X-UNHEARD-OF", "")]
    )
    func classification(value: String, summary: String) throws {
        let bytes = calendar(
            "DTSTART:20261208T090000Z", "DURATION:PT1H", "LOCATION:blue", "SUMMARY:Title", "CLASS:\(value)")
        #expect(try reader().read(bytes, path: "x.ics").bookings.map(\.summary) == [summary])
    }

    @Test("An entry without a room is rejected with what was asked")
    func noRoom() throws {
        let export = try reader { $0.rooms = RoomResolver(rules: RoomRules([.url])) }
            .read(calendar("DTSTART:20261208T090000Z", "DURATION:PT1H"), path: "x.ics")
        #expect(export.bookings.isEmpty)
        #expect(export.diagnostics.contains { $0.code == .noRoom && $0.line == 4 })
    }

    @Test("An entry without UID gets the same one each time")
    func derivedUID() throws {
        let bytes = Array(
            String(decoding: calendar("DTSTART:20261208T090000Z", "DURATION:PT1H", "LOCATION:blue"), as: UTF8.self)
                .replacing("UID:one@example.org\r\n", with: "").utf8)
        let first = try reader().read(bytes, path: "x.ics").bookings.map(\.key.uid)
        #expect(first.count == 1)
        #expect(first.first?.hasPrefix("derived-") == true)
        #expect(try reader().read(bytes, path: "y.ics").bookings.map(\.key.uid) == first)
    }

    @Test("The revision is SEQUENCE, then LAST-MODIFIED, then the digest of the lines")
    func revision() throws {
        let lines = ["DTSTART:20261208T090000Z", "DURATION:PT1H", "LOCATION:blue"]
        func revision(_ more: String) throws -> Revision {
            let bytes = calendar(lines[0], lines[1], lines[2], more)
            return try #require(try reader().read(bytes, path: "x.ics").bookings.first).revision
        }
        #expect(try revision("SEQUENCE:2") > revision("LAST-MODIFIED:20270101T000000Z"))
        #expect(try revision("LAST-MODIFIED:20270101T000000Z") > revision("SUMMARY:x"))
        #expect(try revision("SUMMARY:x").digest != revision("SUMMARY:y").digest)
    }
}

@Suite("Rooms of XML records")
struct RecordRoomTests {
    @Test("A record that names two rooms books both, and one that names none borrows no other name")
    func rooms() throws {
        let text = """
            <bookings xmlns="urn:bookwatch:bookings:1" source="front desk">
              <booking id="a"><room>Blue</room><room>Green</room>
                <start>2026-12-08T09:00:00Z</start><duration>PT1H</duration></booking>
              <booking id="b"><start>2026-12-08T09:00:00Z</start><duration>PT1H</duration></booking>
            </bookings>
            """
        let export = try reader().read(Array(text.utf8), path: "x.xml")
        #expect(export.bookings.map(\.key.uid) == ["a"])
        #expect(export.bookings.first?.rooms.map(\.name.text) == ["blue", "green"])
        #expect(export.rejectedUIDs == ["b"])
    }
}
