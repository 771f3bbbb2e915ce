import ICalendar
import Reservations

extension RoomClues {
    /// Everything in which `entry` may say its room, as far as `resolver` asks for it.
    init(_ entry: ParsedEntry, calendar: ParsedCalendar, path: String, for resolver: RoomResolver) {
        let calendarName = entry.calendarName.map { $0.isEmpty ? nil : $0 } ?? calendar.name
        let location = entry.event.location.isEmpty ? nil : entry.event.location
        self.init(
            resources: entry.event.roomsThatAttend, location: location, calendarName: calendarName, fileName: path)
        for text in entry.event.conferences { urlTexts.append(URLText(.conference, text)) }
        if !entry.event.url.isEmpty { urlTexts.append(URLText(.url, entry.event.url)) }
        if let location { urlTexts.append(URLText(.location, location)) }
        if resolver.looksIntoRunningText {
            for other in entry.event.others { urlTexts.append(URLText(.extensionProperty, other.value)) }
            if !entry.event.details.isEmpty { urlTexts.append(URLText(.description, entry.event.details)) }
        }
        if resolver.asksForProperties {
            properties = entry.event.others.map { Property($0.name, $0.value) }
        }
    }
}

extension Event {
    /// The addresses of rooms and resources that did not decline.
    fileprivate var roomsThatAttend: [String] {
        var rooms: [String] = []
        for index in attendees.indices where attendees[index].isRoom && !attendees[index].hasDeclined {
            rooms.append(attendees[index].mailAddress)
        }
        return rooms
    }
}
