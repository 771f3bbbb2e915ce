package import Diagnostics
import ICalendar
import Reservations

/// One entry of a file as `bookwatch read` shows it: what is written, with the rooms that it means. Times stay in the
/// form in which they are written.
package struct ListedBooking: Encodable, Hashable, Sendable {
    var file: String
    var line: Int
    var uid: String?
    var recurrenceID: String?
    var sequence: Int
    /// `confirmed`, `tentative`, `cancelled`, `transparent`, `roomDeclined`, or `rejected`.
    var status: String
    var rooms: [String]
    var owner: String?
    var start: String?
    var end: String?
    /// The TZID as it is written, `UTC`, or the zone that floating times and dates are taken in.
    var zone: String
    var rule: [String]
    var settings: Settings
    var diagnostics: [String]
    /// Of the diagnostics; not shown by itself.
    package var gravest: Severity?

    /// Passwords are never shown.
    struct Settings: Encodable, Hashable, Sendable {
        var maxOccupants: Int?
        var lobby: Bool?
        var passwordSet: Bool

        enum CodingKeys: String, CodingKey {
            case maxOccupants = "max_occupants"
            case lobby
            case passwordSet = "password_set"
        }
    }

    enum CodingKeys: String, CodingKey {
        case file, line, uid, sequence, status, rooms, owner, start, end, zone, rule, settings, diagnostics
        case recurrenceID = "recurrence_id"
    }
}

extension ExportReader {
    /// Every entry of a parsed file, rejected ones too, in the order of the file.
    package func listing(of parsed: ParsedExport, file: String) -> [ListedBooking] {
        parsed.calendars.flatMap { calendar in
            calendar.entries.map { ListedBooking($0, in: calendar, rules: rules, file: file) }
        }
    }
}

extension ListedBooking {
    init(_ entry: ParsedEntry, in calendar: ParsedCalendar, rules: SourceRules, file: String) {
        let event = entry.event
        let participation = event.participation(calledOff: calendar.cancels)
        let resolution =
            entry.isRejected
            ? RoomResolution() : rules.rooms.rooms(of: entry, calendar: calendar, path: file)
        var findings = resolution.diagnostics
        var checked = RoomSettings()
        let isProtected = checked.take(entry.settings, findings: &findings)
        var isTaken = !entry.isRejected && isProtected && !resolution.rooms.isEmpty
        if participation == .cancelled, !entry.isRejected {
            // What calls a booking off need not say where it was.
            findings = []
            isTaken = true
        }
        self.file = file
        line = event.line
        uid = event.uid
        recurrenceID = event.recurrenceID?.basicText
        sequence = event.sequence
        status = isTaken ? participation.rawValue : "rejected"
        rooms = resolution.rooms.map(\.shown)
        owner = event.organizer?.participant?.address
        start = event.start?.basicText
        end = event.end?.basicText ?? event.duration.map { "+\($0.text)" }
        zone = event.start.map { $0.zoneText(else: calendar.resolver.defaultZone.name) } ?? ""
        rule = event.rules.map(\.description)
        settings = Settings(
            maxOccupants: checked.maxOccupants, lobby: checked.lobby, passwordSet: checked.passwordSet
        )
        gravest = (entry.diagnostics + findings).map(\.severity).max()
        diagnostics = (entry.diagnostics + findings).map {
            "\($0.code.rawValue) \($0.severity.rawValue): \($0.message)"
        }
    }
}

extension CalendarTime {
    fileprivate func zoneText(else defaultZone: String) -> String {
        switch self {
        case .date, .floating: defaultZone
        case .utc: "UTC"
        case .zoned(_, let tzid): tzid
        }
    }
}

extension CalendarDuration {
    /// `P1DT3600S`: nominal days, exact seconds.
    fileprivate var text: String { seconds == 0 ? "P\(days)D" : days == 0 ? "PT\(seconds)S" : "P\(days)DT\(seconds)S" }
}
