/// What an entry says about its room, whatever its format: the input of `RoomResolver`.
package struct RoomClues: Hashable, Sendable {
    /// Texts that may hold a meeting URL, in the order of the export.
    package var urlTexts: [URLText]
    /// The addresses of attendees with CUTYPE=ROOM or RESOURCE, or of an XML export's resource mailboxes.
    package var resources: [String]
    package var location: String?
    /// Properties by the name that the source's `property` rule may ask for; names compare without case.
    package var properties: [Property]
    /// X-WR-CALNAME, or the calendar's name in an XML export.
    package var calendarName: String?
    /// The export's name, with or without its extension.
    package var fileName: String?

    package init(
        urlTexts: [URLText] = [], resources: [String] = [], location: String? = nil, properties: [Property] = [],
        calendarName: String? = nil, fileName: String? = nil
    ) {
        self.urlTexts = urlTexts
        self.resources = resources
        self.location = location
        self.properties = properties
        self.calendarName = calendarName
        self.fileName = fileName
    }

    /// Where a text that may hold a URL stands, in the order in which they are asked.
    package enum Place: Int, Hashable, Sendable, CaseIterable, Comparable {
        case conference
        case url
        /// LOCATION: give it here as well as in `location`.
        case location
        case extensionProperty
        case description

        package static func < (lhs: Place, rhs: Place) -> Bool { lhs.rawValue < rhs.rawValue }
    }

    package struct URLText: Hashable, Sendable {
        package var place: Place
        package var text: String

        package init(_ place: Place, _ text: String) {
            self.place = place
            self.text = text
        }
    }

    package struct Property: Hashable, Sendable {
        package var name: String
        package var value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }
}
