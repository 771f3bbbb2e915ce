import ICalendar
import Reservations

extension RoomResolver {
    /// Everything in which `entry` may say its room, as far as it is asked for.
    func clues(of entry: ParsedEntry, calendar: ParsedCalendar, path: String) -> RoomClues {
        let calendarName = entry.calendarName.map { $0.isEmpty ? nil : $0 } ?? calendar.name
        let location = entry.event.location.isEmpty ? nil : entry.event.location
        var clues = RoomClues(
            resources: entry.event.roomsThatAttend, location: location, calendarName: calendarName, fileName: path)
        for text in entry.event.conferences { clues.urlTexts.append(.init(.conference, text)) }
        if !entry.event.url.isEmpty { clues.urlTexts.append(.init(.url, entry.event.url)) }
        if let location { clues.urlTexts.append(.init(.location, location)) }
        if looksIntoRunningText {
            for other in entry.event.others { clues.urlTexts.append(.init(.extensionProperty, other.value)) }
            if !entry.event.details.isEmpty { clues.urlTexts.append(.init(.description, entry.event.details)) }
        }
        if asksForProperties { clues.properties = entry.event.others.map { .init($0.name, $0.value) } }
        return clues
    }

    /// Whether nothing but its location and its calendar tells the rooms of `entry`: they are those of any other with
    /// the same.
    func asksLocationAlone(of entry: ParsedEntry) -> Bool {
        !looksIntoRunningText && !asksForProperties && entry.rooms.isEmpty && entry.calendarName == nil
            && entry.event.conferences.isEmpty && entry.event.url.isEmpty && entry.event.roomsThatAttend.isEmpty
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
