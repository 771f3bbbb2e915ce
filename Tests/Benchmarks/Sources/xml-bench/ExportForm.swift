import Foundation

/// The vocabularies that are measured. Each file is the same on every run.
enum ExportForm: String, CaseIterable {
    case xcal, native

    /// How many make a file of about 100 MB.
    var bookingsOf100Megabytes: Int {
        switch self {
        case .xcal: 65_000
        case .native: 240_000
        }
    }

    func write(to path: String, bookings: Int) throws {
        guard FileManager.default.createFile(atPath: path, contents: nil),
            let file = FileHandle(forWritingAtPath: path)
        else { throw XMLWork.Failure(what: "create \(path)") }
        var text = head
        for index in 0..<bookings {
            switch self {
            case .xcal: text += Self.event(index)
            case .native: text += Self.booking(index)
            }
            guard text.utf8.count > 1 << 20 else { continue }
            try file.write(contentsOf: Data(text.utf8))
            text = ""
        }
        try file.write(contentsOf: Data((text + tail).utf8))
        try file.close()
    }

    private var head: String {
        switch self {
        case .xcal:
            """
            <?xml version="1.0" encoding="utf-8"?>
            <icalendar xmlns="urn:ietf:params:xml:ns:icalendar-2.0">
              <vcalendar>
                <properties>
                  <prodid><text>-//example//rooms//EN</text></prodid>
                  <version><text>2.0</text></version>
                </properties>
                <components>

            """
        case .native:
            """
            <?xml version="1.0" encoding="utf-8"?>
            <bookings xmlns="urn:bookwatch:bookings:1" source="rooms" zone="Europe/Berlin">

            """
        }
    }

    private var tail: String {
        switch self {
        case .xcal: "    </components>\n  </vcalendar>\n</icalendar>\n"
        case .native: "</bookings>\n"
        }
    }

    private static let rooms = ["Blue", "Green", "Boardroom", "Lecture hall 2", "Café am See"]

    private static func day(_ index: Int) -> String {
        "2026-\(two(1 + index % 12))-\(two(1 + index / 12 % 28))"
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// With what calendar programs write: two attendees, every fourth a series with exceptions.
    private static func event(_ index: Int) -> String {
        let (day, hour) = (day(index), 8 + index % 9)
        let recurrence =
            index % 4 != 0
            ? ""
            : """
                      <rrule><recur><freq>WEEKLY</freq><byday>TU</byday><byday>TH</byday><count>20</count></recur></rrule>
                      <exdate><parameters><tzid><text>Europe/Berlin</text></tzid></parameters>
                        <date-time>\(day)T\(two(hour)):00:00</date-time></exdate>

            """
        let attendees = (0..<2).map { number in
            """
                      <attendee>
                        <parameters>
                          <cn><text>Guest \(number) of \(index)</text></cn>
                          <partstat><text>ACCEPTED</text></partstat>
                        </parameters>
                        <cal-address>mailto:guest\(number).\(index % 997)@example.org</cal-address>
                      </attendee>

            """
        }
        return """
                  <vevent>
                    <properties>
                      <uid><text>event-\(index)@rooms.example.org</text></uid>
                      <dtstamp><date-time>2026-01-01T00:00:00Z</date-time></dtstamp>
                      <dtstart><parameters><tzid><text>Europe/Berlin</text></tzid></parameters>
                        <date-time>\(day)T\(two(hour)):00:00</date-time></dtstart>
                      <dtend><parameters><tzid><text>Europe/Berlin</text></tzid></parameters>
                        <date-time>\(day)T\(two(hour)):45:00</date-time></dtend>
                      <summary><text>Meeting \(index) &amp; more of it</text></summary>
                      <location><text>\(rooms[index % rooms.count])</text></location>
                      <organizer><parameters><cn><text>Owner \(index % 101)</text></cn></parameters>
                        <cal-address>mailto:owner\(index % 101)@example.org</cal-address></organizer>
            \(attendees.joined())\(recurrence)\
                      <description><text>What is to be said about meeting \(index), in a sentence or two.</text></description>
                      <sequence><integer>\(index % 3)</integer></sequence>
                      <status><text>CONFIRMED</text></status>
                    </properties>
                  </vevent>

            """
    }

    private static func booking(_ index: Int) -> String {
        let (day, hour) = (day(index), 8 + index % 9)
        let recurrence =
            index % 4 != 0
            ? ""
            : """
                <repeat rule="FREQ=WEEKLY;BYDAY=TU,TH;COUNT=20"><except>\(day)T\(two(hour)):00:00</except></repeat>

            """
        return """
              <booking id="booking-\(index)" revision="\(index % 3)" status="confirmed">
                <room>\(rooms[index % rooms.count])</room>
                <owner>owner\(index % 101)@example.org</owner>
                <title>Meeting \(index) &amp; more of it</title>
                <start>\(day)T\(two(hour)):00:00</start>
                <end>\(day)T\(two(hour)):45:00</end>
            \(recurrence)    <settings max-occupants="\(5 + index % 20)" lobby="true"/>
              </booking>

            """
    }
}
