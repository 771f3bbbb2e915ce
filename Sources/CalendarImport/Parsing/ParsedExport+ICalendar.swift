import Diagnostics
import ICalendar

extension ParsedExport {
    /// Reads iCalendar data.
    ///
    /// - Parameter defaultZone: of floating times and dates where the calendar itself names no zone.
    init(iCalendar bytes: consuming [UInt8], zones: TimeZoneDatabase, defaultZone: TimeZoneDefinition) {
        let document = CalendarDocument(consume bytes)
        let calendars = document.calendars
        diagnostics = document.diagnostics.map { Diagnostic($0) }
        guard !calendars.isEmpty else {
            ending = .refused
            diagnostics.append(Diagnostic(.unknownFormat, "neither iCalendar nor XML: no BEGIN:VCALENDAR was found"))
            return
        }
        guard !calendars.allSatisfy(\.isOwnReport) else {
            ending = .refused
            diagnostics = [Diagnostic(.ownReport, "a report of Bookwatch, not read")]
            return
        }
        ending = document.isComplete ? .complete : .truncated
        if ending == .truncated {
            diagnostics.append(Diagnostic(.truncated, "the file ends in the middle of a component"))
        }
        self.calendars = calendars.map { calendar in
            let definitions = calendar.vtimezones()
            diagnostics += (calendar.diagnostics + definitions.diagnostics).map { Diagnostic($0) }
            if calendar.isOwnReport {
                diagnostics.append(Diagnostic(.ownReport, "a report of Bookwatch among other calendars, not read"))
            }
            return ParsedCalendar(calendar, definitions.zones, zones: zones, defaultZone: defaultZone)
        }
        // An answer between people says nothing about what is booked, nor that anything is not.
        isWhole = self.calendars.contains { !$0.isForeign }
    }
}

extension CalendarObject {
    /// As the replies and the free/busy of `Reports` name their maker.
    fileprivate var isOwnReport: Bool { productID?.hasPrefix("-//Bookwatch//Reports") ?? false }
}

extension ParsedCalendar {
    init(
        _ calendar: CalendarObject, _ definitions: [VTimeZone], zones: TimeZoneDatabase, defaultZone: TimeZoneDefinition
    ) {
        let named = calendar.defaultZoneName.flatMap { name in
            TimeZoneResolver(database: zones, defaultZone: defaultZone).resolve(name, line: 1)
        }
        resolver = TimeZoneResolver(
            database: zones, vtimezones: definitions, defaultZone: named?.zone ?? defaultZone
        )
        namesItsZone = named.map { $0.diagnostic?.code != .unknownZone } ?? false
        name = calendar.name?.withoutSettings
        cancels = calendar.method == "CANCEL"
        isForeign =
            calendar.isOwnReport
            || ["REPLY", "COUNTER", "DECLINECOUNTER", "REFRESH"].contains(calendar.method ?? "")
        entries = CalendarEntries(of: calendar, lost: LostSettings.ofCalendar(calendar.component))
    }
}

extension ParsedEntry {
    /// - Parameters:
    ///   - bytes: the component's, unfolded.
    ///   - lostOutside: settings that the calendar has, and that may have been meant for this entry.
    ///   - lineOffset: what its lines are moved by, where it stands inside of another file.
    convenience init(
        _ decoded: consuming DecodedEvent, unfolded bytes: [UInt8], lostOutside: Set<SettingName>, lineOffset: Int
    ) {
        let (isRejected, found, component) = (decoded.isRejected, decoded.diagnostics, decoded.component)
        var event = decoded.takeEvent()
        let lost = LostSettings.ofEvent(event, component, bytes: bytes)
        let settings = WrittenSettings(event, lost: lost.union(lostOutside))
        if !lost.isEmpty { event.removeSettings() }
        event.line += lineOffset
        let uid = event.uid
        self.init(
            consume event, settings: settings, digest: EntryDigest.of(bytes), isRejected: isRejected,
            diagnostics: found.map { Diagnostic($0, uid: uid).shifted(by: lineOffset) })
    }
}
