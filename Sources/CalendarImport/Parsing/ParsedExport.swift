package import Diagnostics
package import ICalendar

/// What a file says, before it is asked which rooms it means: entries with their events, calendar by calendar.
package struct ParsedExport: Sendable {
    /// Whether the content may replace what the export had before.
    package enum Ending: Hashable, Sendable {
        case complete
        /// It ends before its end: somebody may still be writing it.
        case truncated
        /// Nothing of it counts, whatever is written to it later.
        case refused
    }

    package var ending: Ending
    /// Whether an entry's absence means that it was withdrawn; otherwise it stays as it was.
    package var isWhole = true
    package var calendars: [ParsedCalendar] = []
    /// Findings about the file; those about entries come with the entries.
    package var diagnostics: [Diagnostic] = []
}

/// Entries that share a zone, a name and a method.
package struct ParsedCalendar: Sendable {
    package var name: String?
    /// METHOD:CANCEL: every entry in it is called off.
    package var cancels = false
    /// METHOD:REPLY and its like: nothing in it is for us.
    package var isForeign = false
    package var resolver: TimeZoneResolver
    /// Whether the calendar says which zone its floating times are in.
    package var namesItsZone = false
    /// Whether the dialect defines the zones that it names, so that a bare name is worth a note.
    package var definesZones = true
    package var entries: CalendarEntries
}

/// One VEVENT, or one record of XML.
///
/// A class, for it is handed on again and again: a copy of all that an event says is some thirty counts of references.
package final class ParsedEntry: Sendable {
    package let event: Event
    /// Rooms that the dialect names itself; empty where the event's own fields say it.
    package let rooms: [String]
    /// What its calendar is called, where the file has several; `nil` where it is as the file says.
    package let calendarName: String?
    package let settings: WrittenSettings
    /// SHA-256 over the entry as it is written, in hexadecimal.
    package let digest: String
    /// Whether something that decides its times is missing or unreadable.
    package let isRejected: Bool
    package let diagnostics: [Diagnostic]

    init(
        _ event: consuming Event, rooms: [String] = [], calendarName: String? = nil, settings: WrittenSettings,
        digest: String, isRejected: Bool = false, diagnostics: [Diagnostic]
    ) {
        self.event = event
        self.rooms = rooms
        self.calendarName = calendarName
        self.settings = settings
        self.digest = digest
        self.isRejected = isRejected
        self.diagnostics = diagnostics
    }
}

/// Settings as texts, not yet checked; `nil` where nothing is said.
package struct WrittenSettings: Hashable, Sendable {
    package var maxOccupants: String?
    package var lobby: String?
    package var password: String?
    /// Those that are written somehow, but in no way that can be read.
    package var lost: Set<SettingName> = []

    package init(
        maxOccupants: String? = nil, lobby: String? = nil, password: String? = nil, lost: Set<SettingName> = []
    ) {
        self.maxOccupants = maxOccupants
        self.lobby = lobby
        self.password = password
        self.lost = lost
    }
}
