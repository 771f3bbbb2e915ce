import ICalendar
import Reservations

extension RoomClues {
    /// Everything in which `entry` may say its room.
    init(_ entry: ParsedEntry, calendar: ParsedCalendar, path: String) {
        var texts: [URLText] = []
        texts.reserveCapacity(entry.event.conferences.count + entry.event.others.count + 3)
        for text in entry.event.conferences { texts.append(URLText(.conference, text)) }
        if !entry.event.url.isEmpty { texts.append(URLText(.url, entry.event.url)) }
        if !entry.event.location.isEmpty { texts.append(URLText(.location, entry.event.location)) }
        for other in entry.event.others { texts.append(URLText(.extensionProperty, other.value)) }
        if !entry.event.details.isEmpty { texts.append(URLText(.description, entry.event.details)) }
        let calendarName = entry.calendarName.map { $0.isEmpty ? nil : $0 } ?? calendar.name
        self.init(
            urlTexts: texts, resources: entry.event.roomsThatAttend,
            location: entry.event.location.isEmpty ? nil : entry.event.location,
            properties: entry.event.others.map { Property($0.name, $0.value) }, calendarName: calendarName,
            fileName: path)
    }
}

extension Event {
    /// The addresses of rooms and resources that did not decline.
    fileprivate var roomsThatAttend: [String] {
        attendees.filter { $0.isRoom && $0.participationStatus != "DECLINED" }.map(\.mailAddress)
    }
}
