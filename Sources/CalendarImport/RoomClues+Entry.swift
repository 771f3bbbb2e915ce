import ICalendar
import Reservations

extension RoomClues {
    /// Everything in which `entry` may say its room.
    init(_ entry: ParsedEntry, calendar: ParsedCalendar, path: String) {
        let event = entry.event
        var texts = event.conferences.map { URLText(.conference, $0) }
        if !event.url.isEmpty { texts.append(URLText(.url, event.url)) }
        if !event.location.isEmpty { texts.append(URLText(.location, event.location)) }
        texts += event.others.map { URLText(.extensionProperty, $0.value) }
        if !event.details.isEmpty { texts.append(URLText(.description, event.details)) }
        let calendarName = entry.calendarName.map { $0.isEmpty ? nil : $0 } ?? calendar.name
        self.init(
            urlTexts: texts, resources: event.roomsThatAttend,
            location: event.location.isEmpty ? nil : event.location,
            properties: event.others.map { Property($0.name, $0.value) }, calendarName: calendarName, fileName: path
        )
    }
}

extension Event {
    /// The addresses of rooms and resources that did not decline.
    fileprivate var roomsThatAttend: [String] {
        attendees.filter { $0.isRoom && $0.participationStatus != "DECLINED" }.map(\.mailAddress)
    }
}
