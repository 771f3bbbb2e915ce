import ICalendar

/// A whole calendar around `body`, with CRLF line ends.
func calendar(_ body: String, header: String = "VERSION:2.0\nPRODID:-//Example//Tests//EN") -> String {
    let text = "BEGIN:VCALENDAR\n\(header)\n\(body)\nEND:VCALENDAR\n"
    return text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
}

/// A calendar with one event of the given lines.
func event(_ lines: String...) -> String {
    calendar("BEGIN:VEVENT\n" + lines.joined(separator: "\n") + "\nEND:VEVENT")
}

/// The lines that every good event has.
let goodLines = "UID:one@example.com\nDTSTAMP:20261101T000000Z\nDTSTART:20261108T100000Z"

extension CalendarDocument {
    init(_ text: String, dialect: Dialect = .lenient, limits: Limits = Limits()) {
        self.init(Array(text.utf8), dialect: dialect, limits: limits)
    }

    /// All events of all calendars.
    var decodedEvents: [DecodedEvent] { calendars.flatMap { Array($0.events) } }

    /// All findings: of the lines, of the calendars, of the events.
    var allDiagnostics: [ICalendarDiagnostic] {
        diagnostics + calendars.flatMap(\.diagnostics) + decodedEvents.flatMap(\.diagnostics)
    }
}
