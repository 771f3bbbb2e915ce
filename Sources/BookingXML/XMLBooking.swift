package import ICalendar

/// What an XML export holds, one by one in the order of the file.
package enum XMLItem: Hashable, Sendable {
    case booking(XMLBooking)
    /// An entry that could not be read; the file goes on.
    case rejected(XMLRejection)
    /// A zone that the export defines itself, for the times that name it; mostly before them, but that is not sure.
    case zone(VTimeZone)
    /// A whole iCalendar object inside the XML, as CalDAV answers carry it: for the iCalendar reader.
    case calendar(EmbeddedCalendar)
}

/// One booking of an XML export, in the model that all dialects share, so that one recurrence engine serves them.
package struct XMLBooking: Hashable, Sendable {
    package var event: Event
    /// Names or addresses of rooms as they are written, in order. Empty where the dialect says it as iCalendar does,
    /// with the event's `location` and attendees.
    package var rooms: [String]
    package var settings: XMLSettings
    /// What the calendar is called that the booking is in, where the file has several; empty for one without a name.
    package var calendarName: String?
    /// Elements whose names no dialect reads and that stand where no property can stand.
    package var misplacedNames: [String] = []
    /// What was tolerated or left out; never a reason to refuse the booking.
    package var diagnostics: [XMLDiagnostic]

    package init(
        event: Event, rooms: [String] = [], settings: XMLSettings = XMLSettings(), diagnostics: [XMLDiagnostic] = []
    ) {
        self.event = event
        self.rooms = rooms
        self.settings = settings
        self.diagnostics = diagnostics
    }
}

/// What a room is to be opened with, as it is written: not yet checked, `nil` where nothing is said.
package struct XMLSettings: Hashable, Sendable {
    package var maxOccupants: String?
    package var lobby: String?
    package var password: String?

    package init(maxOccupants: String? = nil, lobby: String? = nil, password: String? = nil) {
        self.maxOccupants = maxOccupants
        self.lobby = lobby
        self.password = password
    }
}

/// An entry of which nothing counts, with what is known of it: a former revision of it stays in force.
package struct XMLRejection: Hashable, Sendable {
    /// `nil` where even that could not be read.
    package var uid: String?
    package var line: Int
    /// In the order of the file; at least one says `bookingRejected`.
    package var diagnostics: [XMLDiagnostic]

    package init(uid: String?, line: Int, diagnostics: [XMLDiagnostic]) {
        self.uid = uid
        self.line = line
        self.diagnostics = diagnostics
    }
}

/// The iCalendar text of a CalDAV `calendar-data`, and where it stands.
package struct EmbeddedCalendar: Hashable, Sendable {
    package var text: [UInt8]
    /// The line of the XML on which the text begins, from 1: add the text's own line, less one.
    package var line: Int
    /// The address of the calendar object on its server; empty where the answer has none.
    package var href: String

    package init(text: [UInt8], line: Int, href: String) {
        self.text = text
        self.line = line
        self.href = href
    }
}
